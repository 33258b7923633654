import assert from 'node:assert/strict';
import { AuthorizationDeniedError } from '../../../src/auth/index.ts';
import type { CallbackUriHandler } from '../../../src/flows/callbackUriHandler.ts';
import { editorLinkFlow } from '../../../src/flows/editorLinkFlow.ts';
import { editorLink } from '../../../src/common/redirectUri.ts';
import { LinkWindows } from './linkWindows.ts';
import { asLink, endOf, SignInScene } from '../signIn/signInScene.ts';

const LINK = editorLink('vscode');

describe('a sign-in by a link to the editor', () => {
  let scene: SignInScene;
  let windows: LinkWindows;
  let links: CallbackUriHandler;

  before(async () => (scene = await SignInScene.set(LINK, 'vscode://elsewhere/callback')));
  after(() => scene.close());
  beforeEach(() => {
    windows = new LinkWindows();
    links = windows.open();
    scene.spotify.behaviour.consent = { agreeAs: 'alva' };
    scene.spotify.requests.clear();
  });
  afterEach(() => windows.close());

  const run = (linksThere = links, redirectUri?: string) =>
    scene.signIn({
      openFlow: editorLinkFlow(links, LINK),
      ...(redirectUri && { redirectUri }),
      browse: async (url) => linksThere.handleUri(asLink(await endOf(url))),
    });

  it('ends with a session, whose code came to the link', async () => {
    assert.equal((await run()).account.label, 'Alva');
    assert.deepEqual(scene.redirectUris, { asked: [LINK], exchanged: [LINK] });
  });

  it('ends with a session where the link opens another window', async () => {
    assert.equal((await run(windows.open())).account.label, 'Alva');
  });

  it('asks Spotify with the redirect URI of the settings', async () => {
    await run(links, 'vscode://elsewhere/callback');
    const [uri] = scene.redirectUris.exchanged;
    assert.equal(uri, 'vscode://elsewhere/callback');
  });

  it('ends at once when the person declines', async () => {
    scene.spotify.behaviour.consent = 'deny';
    await assert.rejects(run(), AuthorizationDeniedError);
  });

  it('is not completed by the answer to another, which completes that one', async () => {
    const ends: URL[] = [];
    const both = [1, 2].map(() =>
      scene.signIn({
        openFlow: editorLinkFlow(links, LINK),
        browse: async (url) => {
          ends.push(await endOf(url));
          if (ends.length < 2) return;
          for (const end of ends.toReversed()) await links.handleUri(asLink(end));
        },
      }),
    );
    const tokens = (await Promise.all(both)).map(({ token }) => token.accessToken);
    assert.equal(new Set(tokens).size, 2);
  });

  it('waits for nothing once it is cancelled', async () => {
    const controller = new AbortController();
    const cancelled = scene.signIn({
      openFlow: editorLinkFlow(links, LINK),
      browse: () => controller.abort(new Error('cancelled')),
      signal: controller.signal,
    });
    await assert.rejects(cancelled, /cancelled/);
    assert.equal((await run()).account.label, 'Alva');
  });
});
