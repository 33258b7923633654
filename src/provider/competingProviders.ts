import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { Message } from '../messages/message.ts';
import { competingProviders } from '../messages/notices.ts';
import { competingExtensions } from '../common/competingExtensions.ts';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';
import { type Handlers, showMessage } from '../messages/showMessage.ts';

/** Options of {@link CompetingProviders}. */
export interface CompetingProvidersOptions {
  /** The id of this extension. */
  readonly id: string;
  /** The registered provider of this extension. */
  readonly provider: { readonly timesListed: number };
  readonly claims: NoticeClaims;
  readonly log: Log;
}

/**
 * Tells the user once about each other extension that provides `spotify`. VS Code uses only one
 * provider of an id, and ignores the others without a message. Within an extension host, it uses
 * the provider that is registered first. Among several extension hosts, it uses the provider of the
 * host that registers last.
 * This extension does not see the extensions of other hosts. So it asks VS Code for the accounts
 * after each change of a session. If VS Code does not pass that question to this extension, it uses
 * another provider.
 */
export class CompetingProviders implements vscode.Disposable {
  readonly #options: CompetingProvidersOptions;
  readonly #subscriptions: vscode.Disposable;
  readonly #firstLook: ReturnType<typeof setTimeout>;

  /** Looks for competing extensions as soon as the activation has ended. */
  constructor(options: CompetingProvidersOptions) {
    this.#options = options;
    this.#subscriptions = vscode.Disposable.from(
      vscode.extensions.onDidChange(() => this.#look()),
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'spotify') void this.#checkWhoAnswers();
      }),
    );
    this.#firstLook = setTimeout(() => this.#look());
  }

  dispose(): void {
    clearTimeout(this.#firstLook);
    this.#subscriptions.dispose();
  }

  /**
   * Tells the user about competing extensions in this extension host. @returns whether there are
   * any.
   */
  #look(): boolean {
    const others = competingExtensions(this.#options.id);
    for (const { id, packageJSON } of others) {
      const message = competingProviders.installed(displayName(packageJSON) ?? id, id);
      void this.#tell(`otherProvider ${id.toLowerCase()}`, message, {
        showExtension: () => vscode.commands.executeCommand('extension.open', id),
      });
    }
    return others.length > 0;
  }

  async #checkWhoAnswers(): Promise<void> {
    const { provider, log } = this.#options;
    try {
      const before = provider.timesListed;
      await vscode.authentication.getAccounts('spotify');
      if (provider.timesListed > before || this.#look()) return;
      await this.#tell('otherProvider', competingProviders.answering(), {
        showExtensions: () =>
          vscode.commands.executeCommand(
            'workbench.extensions.search',
            '@contribute:authentication',
          ),
      });
    } catch (error) {
      log.debug(`It is unknown which extension provides Spotify. ${describeError(error)}`);
    }
  }

  /** Shows the message, unless a window has shown it before. Never rejects. */
  async #tell(name: string, message: Message, handlers: Handlers): Promise<void> {
    const { claims, log } = this.#options;
    const isFirst = await claims.claim(name).catch(() => true);
    if (isFirst) void showMessage('warning', message, handlers, log);
  }
}

function displayName(manifest: unknown): string | undefined {
  const { displayName: name } = manifest as { displayName?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
}
