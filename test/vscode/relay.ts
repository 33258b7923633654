import type { Page } from 'playwright-core';

export const RELAY = 'https://vscode.dev/redirect';
/** Where the relay hands on to: editors by their schemes, and pages on a loopback or known host. */
const KNOWN_TARGET =
  /^(?:(?:vscode|vscode-insiders|code-oss):\/\/|https?:\/\/(?:localhost|127\.0\.0\.1)[:/]|https:\/\/(?:[\w-]+\.)*(?:vscode|github)\.dev\/)/;

/**
 * Plays `https://vscode.dev/redirect` in this tab, as VS Code's own providers use it: the page takes
 * the address that is encoded in `state`, and goes there with what else Spotify has answered.
 * @returns the addresses it has sent the tab to, as they come
 */
export async function playRelay(tab: Page): Promise<string[]> {
  const targets: string[] = [];
  // Playwright's own routes do not see what a redirect leads to.
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

/** Where the relay sends whoever comes with this address; undefined where it refuses them. */
export function relayTarget({ searchParams }: URL): string | undefined {
  const target = decodeURIComponent(searchParams.get('state') ?? '');
  if (!KNOWN_TARGET.test(target)) return undefined;
  const url = new URL(target);
  for (const [name, value] of searchParams) {
    if (name !== 'state') url.searchParams.append(name, value);
  }
  return url.href;
}
