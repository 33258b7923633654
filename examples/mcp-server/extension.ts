import { createAuthProvider, createFetch } from '@spotify-sdk/js/vscode';
import * as vscode from 'vscode';
import { type LocalServer, startServer } from './server.ts';

const SCOPES = ['user-read-currently-playing'];
const SETTING = 'spotify-mcp-server-example.enabled';

const isEnabled = () => vscode.workspace.getConfiguration().get(SETTING) === true;

export function activate(context: vscode.ExtensionContext): void {
  const servers = new Servers();
  context.subscriptions.push(
    servers,
    vscode.lm.registerMcpServerDefinitionProvider('spotify-mcp-server-example', servers),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) servers.update();
    }),
  );
}

/** Offers VS Code one server, which runs in this extension host from its first start on. */
class Servers implements vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition> {
  /** Asks the user at a start only, not when a tool is called. */
  readonly #session = createAuthProvider(vscode, SCOPES, { ask: false });
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeMcpServerDefinitions = this.#changed.event;
  #server: Promise<LocalServer> | undefined;

  /** VS Code calls this whenever it likes, so nothing is asked or started yet. */
  provideMcpServerDefinitions(): vscode.McpHttpServerDefinition[] {
    const uri = vscode.Uri.parse('http://127.0.0.1');
    return isEnabled() ? [new vscode.McpHttpServerDefinition('Spotify Example', uri)] : [];
  }

  /** VS Code calls this when it starts the server, so the user may be asked. */
  async resolveMcpServerDefinition(
    definition: vscode.McpHttpServerDefinition,
  ): Promise<vscode.McpHttpServerDefinition> {
    const detail = 'So that a language model can see what plays, and search.';
    // If the user declines, this rejects, and the server does not start.
    await this.#session.getAccessToken({ ask: { detail } });
    if (!isEnabled()) throw new Error('The Spotify MCP server has been turned off.');
    this.#server ??= startServer(createFetch(this.#session));
    // After a failure the next start tries again.
    this.#server.catch(() => (this.#server = undefined));
    const { url, authorization } = await this.#server;
    definition.uri = vscode.Uri.parse(url);
    definition.headers = { Authorization: authorization };
    return definition;
  }

  update(): void {
    if (!isEnabled()) this.#close();
    this.#changed.fire();
  }

  dispose(): void {
    this.#close();
    for (const part of [this.#session, this.#changed]) part.dispose();
  }

  #close(): void {
    this.#server?.then(({ close }) => close()).catch(() => undefined);
    this.#server = undefined;
  }
}
