import type * as vscode from 'vscode';
import { buildInteraction } from './window/interaction.ts';
import { LazyLog } from './common/log.ts';
import { nodeHost } from './node/nodeHost.ts';
import { nodeMachine } from './node/nodeMachine.ts';
import { register } from './window/register.ts';

/** For the extension hosts of Node, beside the window or on a server. */
export function activate(context: vscode.ExtensionContext): void {
  register(context, {
    log: new LazyLog(),
    host: nodeHost(context),
    interact: (built) => Promise.resolve(buildInteraction(built, nodeMachine)),
  });
}
