import type * as vscode from 'vscode';
import { LazyLog } from './common/log.ts';
import { register } from './window/register.ts';
import { loadInteraction } from './web/loadInteraction.ts';
import { webHost } from './web/webHost.ts';

/** For the extension host in a browser's web worker. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new LazyLog();
  register(context, {
    log,
    host: webHost(context, log),
    interact: async (built) => (await loadInteraction(context.extensionUri, log))(built),
  });
}
