import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';

/** The command of the competing extension, as the palette shows it. */
export const SHOW_CURRENT_USER = 'Competitor: Show Current User';
/** The account of its provider, and the message that its command shows for this account. */
export const COMPETING_ACCOUNT = 'Robin Falk';
export const HELLO = `Hello, ${COMPETING_ACCOUNT}!`;

const code = `
const vscode = require('vscode');

exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  const sessions = [];
  const provider = {
    onDidChangeSessions: changed.event,
    getSessions: async () => sessions,
    createSession: async (scopes) => {
      const account = { id: 'robin', label: '${COMPETING_ACCOUNT}' };
      sessions.push({ id: 'robin', accessToken: 'none', scopes, account });
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
 * Writes an extension with the id of TylerLeonhardt.vscode-spotify-auth, which also registers a
 * provider for `spotify`. VS Code activates it for a request of a session, or for its command.
 * @param entry `main`: it runs in the extension host of our extension. `browser`: it runs in the
 * web-worker extension host, as the real one does.
 * @returns the folder of the extension
 */
export async function writeCompetingExtension(entry: 'main' | 'browser'): Promise<string> {
  const folder = path.join(out, `competing-extension-${entry}`);
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
          category: 'Competitor',
        },
      ],
    },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(path.join(folder, 'extension.js'), code);
  return folder;
}
