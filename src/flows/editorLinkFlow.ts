import type { CallbackUriHandler } from './callbackUriHandler.ts';
import type { OpenFlow } from './flow.ts';

/**
 * The editor link flow: the browser opens a link to the editor, and the operating system passes it
 * on.
 * @param link The redirect URI, if the settings have none.
 */
export function editorLinkFlow(handler: CallbackUriHandler, link: string): OpenFlow {
  return ({ state, redirectUri = link }) =>
    Promise.resolve({
      redirectUri,
      state,
      waitForCallback: async (signal) => `${redirectUri}?${await handler.waitFor(state, signal)}`,
      close: () => Promise.resolve(),
    });
}
