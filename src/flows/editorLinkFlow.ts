import type { CallbackUriHandler } from './callbackUriHandler.ts';
import type { OpenFlow } from './flow.ts';

/** The browser opens a link to the editor, and the operating system opens the editor with it. */
export function editorLinkFlow(handler: CallbackUriHandler, link: string): OpenFlow {
  return ({ state, redirectUri = link }) =>
    Promise.resolve({
      redirectUri,
      state,
      waitForCallback: async (signal) => `${redirectUri}?${await handler.waitFor(state, signal)}`,
      close: () => Promise.resolve(),
    });
}
