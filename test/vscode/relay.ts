import type { Page } from 'playwright-core';

export const RELAY = 'https://vscode.dev/redirect';
/** The targets that the relay accepts: editors by their schemes, and pages of known hosts. */
const KNOWN_TARGET =
  /^(?:(?:vscode|vscode-insiders|code-oss):\/\/|https?:\/\/(?:localhost|127\.0\.0\.1)[:/]|https:\/\/(?:[\w-]+\.)*(?:vscode|github)\.dev\/)/;

/**
 * Answers in this tab as `https://vscode.dev/redirect`, the relay of VS Code’s own providers. It
 * redirects to the URL in `state`, and adds the other parameters of Spotify’s answer.
 * @returns the URLs of the redirects; later ones are added to the array
 */
export async function playRelay(tab: Page): Promise<string[]> {
  const targets: string[] = [];
  // Playwright’s own routes do not receive the target of a redirect.
  const session = await tab.context().newCDPSession(tab);
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const target = relayTarget(new URL(request.url));
    if (target) targets.push(target);
    const answer = target
      ? { responseCode: 302, responseHeaders: [{ name: 'Location', value: target }] }
      : { responseCode: 400 };
    void session.send('Fetch.fulfillRequest', { requestId, ...answer });
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${RELAY}*` }] });
  return targets;
}

/** Returns the URL to which the relay redirects a request for this URL; undefined if it refuses. */
export function relayTarget({ searchParams }: URL): string | undefined {
  const target = decodeURIComponent(searchParams.get('state') ?? '');
  if (!KNOWN_TARGET.test(target)) return undefined;
  const url = new URL(target);
  for (const [name, value] of searchParams) {
    if (name !== 'state') url.searchParams.append(name, value);
  }
  return url.href;
}
