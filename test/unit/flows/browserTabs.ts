import assert from 'node:assert/strict';
import { RELAY_REDIRECT_URI } from '../../../src/common/redirectUri.ts';
import type { CallbackUriHandler } from '../../../src/flows/callbackUriHandler.ts';
import { asLink } from '../signIn/signInScene.ts';

/** Where the relay redirects to: the address in `state`, with the parameters of the answer. */
export function relayed(end: URL): URL {
  assert.equal(end.origin + end.pathname, RELAY_REDIRECT_URI);
  const next = new URL(decodeURIComponent(end.searchParams.get('state') ?? ''));
  for (const [name, value] of end.searchParams) next.searchParams.append(name, value);
  return next;
}

/** A tab: the numbers of its addresses that were not answered yet, and its URI handler. */
interface Tab {
  readonly unanswered: Set<string>;
  readonly handler: CallbackUriHandler;
}

/**
 * The editor's tabs in a browser. As in VS Code's `LocalStorageURLCallbackProvider`, each tab numbers
 * the addresses that it makes from 1 on. The page of an address stores its query under the number. The
 * first tab that has made an address with this number takes it, whichever made this one.
 */
export class BrowserTabs {
  readonly #tabs: Tab[] = [];

  /** Opens a tab, which looks for answers before the tabs that are open. Returns its `callbackUri`. */
  open(handler: CallbackUriHandler): (query: string) => Promise<string> {
    const unanswered = new Set<string>();
    this.#tabs.unshift({ unanswered, handler });
    let last = 0;
    return (query) => {
      unanswered.add(String(++last));
      return Promise.resolve(`https://vscode.dev/callback?vscode-reqid=${last}&${query}`);
    };
  }

  /** Loads the page of an address. */
  async load(url: URL): Promise<void> {
    const number = url.searchParams.get('vscode-reqid') ?? '';
    const taking = this.#tabs.find(({ unanswered }) => unanswered.delete(number));
    await taking?.handler.handleUri(asLink(url));
  }
}
