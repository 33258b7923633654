import type { CallbackUriHandler } from './callbackUriHandler.ts';
import type { OpenFlow } from './flow.ts';
import { RELAY_REDIRECT_URI } from '../common/redirectUri.ts';

/**
 * The relay flow: the browser goes to the relay, a page of VS Code's own providers. The relay
 * forwards the answer to the address in `state`, which must be encoded twice. This address carries
 * our own state in the parameter `nonce`. The relay is not documented, so its behaviour was
 * observed.
 * @param callbackUri Makes an address that carries `query` to the URI handler of this window.
 */
export function relayFlow(
  handler: CallbackUriHandler,
  callbackUri: (query: string) => Promise<string>,
): OpenFlow {
  return async ({ state: nonce }) => {
    const state = encodeURIComponent(await callbackUri(`nonce=${nonce}`));
    return {
      redirectUri: RELAY_REDIRECT_URI,
      state,
      waitForCallback: async (signal) => {
        const answer = new URLSearchParams(await handler.waitFor(nonce, signal));
        answer.set('state', state);
        return `${RELAY_REDIRECT_URI}?${answer.toString()}`;
      },
      close: () => Promise.resolve(),
    };
  };
}
