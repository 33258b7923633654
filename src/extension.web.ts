import type * as vscode from 'vscode';
import { LazyLog } from './common/log.ts';
import { webHost } from './web/webHost.ts';
import { register } from './window/register.ts';

/** For the extension host in a browser's web worker. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new LazyLog();
  register(context, webHost(context, log), log);
}
