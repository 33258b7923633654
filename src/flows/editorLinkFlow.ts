import type { CallbackUriHandler } from './callbackUriHandler.ts';
import type { OpenFlow } from './flow.ts';

/** The browser opens a link to the editor, which the operating system takes there. */
export function editorLinkFlow(links: CallbackUriHandler, link: string): OpenFlow {
  return ({ state, redirectUri = link }) =>
    Promise.resolve({
      redirectUri,
      state,
      waitForCallback: async (signal) => `${redirectUri}?${await links.waitFor(state, signal)}`,
      close: () => Promise.resolve(),
    });
}
