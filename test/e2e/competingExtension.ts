import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';

/** Its command, as the palette shows it, and what that shows. */
export const SHOW_CURRENT_USER = 'Somebody Else: Show Current User';
export const HELLO = 'Hello, Somebody Else!';

const code = `
const vscode = require('vscode');

exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  const sessions = [];
  const provider = {
    onDidChangeSessions: changed.event,
    getSessions: async () => sessions,
    createSession: async (scopes) => {
      const account = { id: 'else', label: 'Somebody Else' };
      sessions.push({ id: 'else', accessToken: 'none', scopes, account });
      changed.fire({ added: sessions });
      return sessions[0];
    },
    removeSession: async () => {},
  };
  context.subscriptions.push(
    vscode.authentication.registerAuthenticationProvider('spotify', 'Spotify', provider),
    vscode.commands.registerCommand('spotify-auth.hello', async () => {
      const options = { createIfNone: true };
      const session = await vscode.authentication.getSession('spotify', ['streaming'], options);
      vscode.window.showInformationMessage('Hello, ' + session.account.label + '!');
    }),
  );
};
`;

/**
 * Writes an extension that is to the editor what TylerLeonhardt.vscode-spotify-auth is: another
 * provider of `spotify`, active as soon as it is asked for one or its command is run.
 * @param entry where it runs: beside ours, or, as the real one, in the browser's worker
 * @returns its folder
 */
export async function writeFakeProvider(entry: 'main' | 'browser'): Promise<string> {
  const folder = path.join(out, `fake-provider-${entry}`);
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'vscode-spotify-auth',
    displayName: 'Spotify Authentication',
    publisher: 'TylerLeonhardt',
    version: '0.0.1',
    engines: { vscode: '^1.90.0' },
    activationEvents: [],
    [entry]: './extension.js',
    contributes: {
      authentication: [{ id: 'spotify', label: 'Spotify' }],
      commands: [
        {
          command: 'spotify-auth.hello',
          title: 'Show Current User',
          category: 'Somebody Else',
        },
      ],
    },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(path.join(folder, 'extension.js'), code);
  return folder;
}
