import type { OpenFlow } from './flow.ts';
import type { AskForAddress } from './pasteBox.ts';
import { LOOPBACK_REDIRECT_URI, withPort } from '../common/redirectUri.ts';

/** The dynamic ports (RFC 6335 section 6), where most likely no program listens. */
const FIRST_PORT = 49_152;
const LAST_PORT = 65_535;

/**
 * The paste flow: the browser ends on an address where no server listens, and the user pastes it.
 */
export function pasteFlow(askForAddress: AskForAddress): OpenFlow {
  return ({ state, redirectUri: configured = LOOPBACK_REDIRECT_URI }) => {
    const redirectUri = withPort(configured, randomPort());
    const link = Promise.withResolvers<string>();
    let copyLink = true;
    return Promise.resolve({
      redirectUri,
      state,
      openBrowser: (url) => {
        link.resolve(url);
        return Promise.resolve();
      },
      waitForCallback: async (signal) => {
        const asked = { url: await link.promise, state, redirectUri, signal, copyLink };
        copyLink = false;
        return askForAddress(asked);
      },
      close: () => Promise.resolve(),
    });
  };
}

/** Returns a random port, so that no other program can wait at this port for the code. */
function randomPort(): number {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return FIRST_PORT + (random % (LAST_PORT - FIRST_PORT + 1));
}
