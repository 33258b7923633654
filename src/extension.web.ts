import type * as vscode from 'vscode';
import { LazyLog } from './common/log.ts';
import { webHost } from './web/webHost.ts';
import { register } from './window/register.ts';

/** The entry point in the extension host of a browser, a web worker. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new LazyLog();
  register(context, webHost(context, log), log);
}
