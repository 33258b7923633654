import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { Message } from '../messages/message.ts';
import { competingProviders } from '../messages/notices.ts';
import { competingExtensions } from '../common/competingExtensions.ts';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';
import { type Handlers, showMessage } from '../messages/showMessage.ts';

/** What {@link CompetingProviders} works with. */
export interface CompetingProvidersOptions {
  /** Our own id. */
  readonly id: string;
  /** Ours, registered. */
  readonly provider: { readonly timesListed: number };
  readonly claims: NoticeClaims;
  readonly log: Log;
}

/**
 * Tells a person, once, of another extension that is a provider of `spotify`. VS Code has one for
 * each id, and says nothing of the others: the first that registers in an extension host, and the
 * last among the hosts. Extensions of another host cannot be seen; that one of them has taken over
 * can, by asking for the accounts, which is done whenever a session changes.
 */
export class CompetingProviders implements vscode.Disposable {
  readonly #options: CompetingProvidersOptions;
  readonly #watching: vscode.Disposable;
  readonly #beginning: ReturnType<typeof setTimeout>;

  /** Looks soon, when the activation is over; the provider has to be registered. */
  constructor(options: CompetingProvidersOptions) {
    this.#options = options;
    this.#watching = vscode.Disposable.from(
      vscode.extensions.onDidChange(() => this.#look()),
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'spotify') void this.#ask();
      }),
    );
    this.#beginning = setTimeout(() => this.#look());
  }

  dispose(): void {
    clearTimeout(this.#beginning);
    this.#watching.dispose();
  }

  /** @returns whether there is one in sight */
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

  async #ask(): Promise<void> {
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
      log.debug(`It is not known who answers for Spotify. ${describeError(error)}`);
    }
  }

  async #tell(name: string, message: Message, handlers: Handlers): Promise<void> {
    const { claims, log } = this.#options;
    if (await claims.claim(name)) void showMessage('warning', message, handlers, log);
  }
}

function displayName(manifest: unknown): string | undefined {
  const { displayName: name } = manifest as { displayName?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
}
