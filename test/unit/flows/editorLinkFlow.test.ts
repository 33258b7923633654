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

  it('returns a session whose code came with the link', async () => {
    assert.equal((await run()).account.label, 'Alva');
    assert.deepEqual(scene.redirectUris, { asked: [LINK], exchanged: [LINK] });
  });

  it('returns a session if the link opens another window', async () => {
    assert.equal((await run(windows.open())).account.label, 'Alva');
  });

  it('sends the redirect URI of the settings to Spotify', async () => {
    await run(links, 'vscode://elsewhere/callback');
    const [uri] = scene.redirectUris.exchanged;
    assert.equal(uri, 'vscode://elsewhere/callback');
  });

  it('rejects at once if the user declines', async () => {
    scene.spotify.behaviour.consent = 'deny';
    await assert.rejects(run(), AuthorizationDeniedError);
  });

  it('is not completed by the link of another sign-in, which completes that one', async () => {
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

  it('stops waiting once it is cancelled', async () => {
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
