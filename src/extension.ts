import type * as vscode from 'vscode';
import { LazyLog } from './common/log.ts';
import { nodeHost } from './node/nodeHost.ts';
import { register } from './window/register.ts';

/** For the extension hosts of Node, beside the window or on a server. */
export function activate(context: vscode.ExtensionContext): void {
  register(context, nodeHost(context), new LazyLog());
}
