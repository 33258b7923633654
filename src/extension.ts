import type * as vscode from 'vscode';
import { LazyLog } from './common/log.ts';
import { nodeHost } from './node/nodeHost.ts';
import { spotifyServers } from './node/environmentServers.ts';
import { register } from './window/register.ts';

/** The entry point in an extension host of Node, on the user's computer or on a server. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new LazyLog();
  const servers = spotifyServers((message) => log.warn(message));
  register(context, nodeHost(context, servers), log);
}
