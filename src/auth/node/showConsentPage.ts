import { isBrowserOff, isHeadless, openBrowser as openSystemBrowser } from './openBrowser.ts';
import { canPaste, tell } from './terminalPaste.ts';

/** How the user gets to Spotify's consent page, and the answer back. */
export interface ConsentPageOptions {
  /** Whether to open the user's browser; true by default. */
  readonly openBrowser?: boolean | undefined;
  /**
   * Receives the authorization URL, to print it or to open it in another way. It is awaited,
   * and its error ends the sign-in.
   */
  readonly authorizationUrlHandler?: ((url: string) => void | Promise<void>) | undefined;
  /**
   * Whether the user can paste the address that the browser ended on into the terminal, while the
   * server waits. `auto`, the default: if standard input and standard error are terminals, the program
   * runs in their foreground and is not reading the input, and no browser could be opened, or none that the
   * user sees (SSH, no display). With `true` the URL is printed, too, unless there is a handler.
   */
  readonly paste?: 'auto' | boolean | undefined;
}

/**
 * Brings the user to the consent page: calls the handler, then opens the browser. Without a handler
 * it prints the URL where no browser opens, or none that the user sees. Calls `readPaste` where the
 * user may paste. Does nothing more once `signal` has aborted.
 * @throws the error of the handler. A browser that does not open is no error: the user has the URL.
 */
export async function showConsentPage(
  url: string,
  { openBrowser = true, authorizationUrlHandler, paste = 'auto' }: ConsentPageOptions,
  readPaste: () => void,
  signal: AbortSignal,
): Promise<void> {
  await authorizationUrlHandler?.(url);
  const isOver = () => signal.aborted;
  if (isOver()) return;
  let isShown = authorizationUrlHandler !== undefined;
  const show = (sentence: string) => {
    if (!isShown) tell(`${sentence}\n\n  ${url}\n`);
    isShown = true;
  };
  let isAsked = false;
  const offerPaste = () => {
    if (isAsked || !(paste === true || (paste === 'auto' && canPaste()))) return;
    isAsked = true;
    readPaste();
  };
  if (paste === true || isHeadless()) {
    show('If no browser opens, open this address to sign in to Spotify:');
    offerPaste();
  }
  if (!openBrowser) return;
  if ((await openSystemBrowser(url, signal)) || isOver()) return;
  const reason = isBrowserOff() ? '' : 'No browser could be opened. ';
  show(`${reason}Open this address to sign in to Spotify:`);
  offerPaste();
}
