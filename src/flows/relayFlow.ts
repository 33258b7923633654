import type { RefreshLock } from '../sessions/acrossWindows.ts';
import type { CallbackUriHandler } from './callbackUriHandler.ts';
import type { OpenFlow } from './flow.ts';
import { BROWSER_TIMEOUT_MS } from '../common/timeLimits.ts';
import { RELAY_REDIRECT_URI } from '../common/redirectUri.ts';

/** The user is told that a sign-in waits if it has waited for this long, in milliseconds. */
const HINT_MS = 500;
/**
 * A sign-in uses the relay no longer than this, in milliseconds. One that has waited for this long
 * goes on.
 */
export const LONGEST_TURN_MS = BROWSER_TIMEOUT_MS + 60_000;

/**
 * The relay flow: the browser goes to the relay, a page of VS Code's own providers. The relay
 * forwards the answer to the address in `state`, which must be encoded twice. This address carries
 * our own state in the parameter `nonce`. The relay is not documented, so its behaviour was
 * observed.
 * @param callbackUri Makes an address that carries `query` to the URI handler of this window.
 * @param lock Lets one tab at a time use the relay. In a browser, VS Code numbers the addresses of
 * each tab from 1 on, so a tab may take the answer to an address with a number that it has used, too.
 */
export function relayFlow(
  handler: CallbackUriHandler,
  callbackUri: (query: string) => Promise<string>,
  lock: RefreshLock,
): OpenFlow {
  return async ({ state: nonce, onWait }) => {
    const endTurn = await takeTurn(lock, onWait);
    const uri = await callbackUri(`nonce=${nonce}`).catch((error: unknown) => {
      endTurn();
      throw error;
    });
    const state = encodeURIComponent(uri);
    return {
      redirectUri: RELAY_REDIRECT_URI,
      state,
      waitForCallback: async (signal) => {
        const answer = new URLSearchParams(await handler.waitFor(nonce, signal));
        answer.set('state', state);
        return `${RELAY_REDIRECT_URI}?${answer.toString()}`;
      },
      close: () => {
        endTurn();
        return Promise.resolve();
      },
    };
  };
}

/** Waits until no other tab uses the relay. Returns a function that lets the next tab use it. */
function takeTurn(lock: RefreshLock, onWait: (() => void) | undefined): Promise<() => void> {
  const turn = Promise.withResolvers<undefined>();
  const hint = setTimeout(() => onWait?.(), HINT_MS);
  return new Promise((resolve) => {
    const begin = () => {
      clearTimeout(hint);
      resolve(() => turn.resolve(undefined));
    };
    const use = () => {
      begin();
      return turn.promise;
    };
    // It rejects with a LockTimeoutError. The flow then goes on without the lock.
    lock.hold('relay', LONGEST_TURN_MS, use).catch(begin);
  });
}
