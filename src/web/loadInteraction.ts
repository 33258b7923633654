import * as sharedModules from 'shared-with-interaction';
import * as vscode from 'vscode';
import type * as webInteraction from './webInteraction.ts';
import type { Log } from '../common/log.ts';
import { describeError } from '../common/describeError.ts';

const { t } = vscode.l10n;

type Interact = typeof webInteraction.interact;

/** What `scripts/buildWeb.ts` makes of `webInteraction.ts`. */
const FILE = 'dist/interaction.web.cjs';

/**
 * Loads what a person deals with, which most windows never need.
 * @throws vscode.CancellationError where the file cannot be had, as offline; the person is told.
 */
export async function loadInteraction(extensionUri: vscode.Uri, log: Log): Promise<Interact> {
  try {
    const file = vscode.Uri.joinPath(extensionUri, FILE);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return evaluate(text);
  } catch (error) {
    log.error(`${FILE} cannot be loaded. ${describeError(error)}`);
    void tell();
    throw new vscode.CancellationError();
  }
}

/** Without the other messages, which are in that file. */
async function tell(): Promise<void> {
  const text = t(
    'A part of the Spotify extension cannot be loaded. Check the network and try again, or reload the window.',
  );
  const reload = t('Reload Window');
  if ((await vscode.window.showErrorMessage(text, reload)) !== reload) return;
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}

/** In the way in which VS Code itself loads the one file that it knows of. */
function evaluate(text: string): Interact {
  const module: { exports: { interact?: Interact } } = { exports: {} };
  const shared = sharedModules as Readonly<Record<string, unknown>>;
  const require = (name: string) => (name === 'vscode' ? vscode : shared[name]);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a web worker of VS Code's has no other way to load a part of the extension
  const run = new Function('module', 'require', text) as (...args: unknown[]) => void;
  run(module, require);
  const { interact } = module.exports;
  if (!interact) throw new Error('It is not what it should be.');
  return interact;
}
