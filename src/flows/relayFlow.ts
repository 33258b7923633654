import type { CallbackUriHandler } from './callbackUriHandler.ts';
import type { OpenFlow } from './flow.ts';
import { RELAY_REDIRECT_URI } from '../common/redirectUri.ts';

/**
 * The browser goes to a page of VS Code's own providers, which hands the answer on to the address
 * that it finds in `state`, encoded once more than a parameter is. That address brings our own
 * state back as `nonce`. Undocumented: what the relay hands on, and to whom, was observed.
 * @param callbackUri Makes an address that reaches this window; `query` is what it is to carry.
 */
export function relayFlow(
  links: CallbackUriHandler,
  callbackUri: (query: string) => Promise<string>,
): OpenFlow {
  return async ({ state: nonce }) => {
    const state = encodeURIComponent(await callbackUri(`nonce=${nonce}`));
    return {
      redirectUri: RELAY_REDIRECT_URI,
      state,
      waitForCallback: async (signal) => {
        const answer = new URLSearchParams(await links.waitFor(nonce, signal));
        answer.set('state', state);
        return `${RELAY_REDIRECT_URI}?${answer.toString()}`;
      },
      close: () => Promise.resolve(),
    };
  };
}
