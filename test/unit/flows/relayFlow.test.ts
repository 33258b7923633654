import assert from 'node:assert/strict';
import type { CallbackUriHandler } from '../../../src/flows/callbackUriHandler.ts';
import { RELAY_REDIRECT_URI } from '../../../src/common/redirectUri.ts';
import { NO_LOCK } from '../../../src/sessions/acrossWindows.ts';
import { relayFlow } from '../../../src/flows/relayFlow.ts';
import { relayed } from './browserTabs.ts';
import { LinkWindows } from './linkWindows.ts';
import { asLink, endOf, SignInScene } from '../signIn/signInScene.ts';

/** The link to the extension that `asExternalUri` returns on the desktop. */
const callbackUri = (query: string) =>
  Promise.resolve(`vscode://spotify-sdk.spotify-authentication/callback?${query}&windowId=1`);

describe('a sign-in through the relay', () => {
  let scene: SignInScene;
  let windows: LinkWindows;
  let links: CallbackUriHandler;

  before(async () => (scene = await SignInScene.set(RELAY_REDIRECT_URI)));
  after(() => scene.close());
  beforeEach(() => {
    windows = new LinkWindows();
    links = windows.open();
    scene.spotify.requests.clear();
  });
  afterEach(() => windows.close());

  const run = (browse: (url: string) => unknown, signal?: AbortSignal) =>
    scene.signIn({
      openFlow: relayFlow(links, callbackUri, NO_LOCK),
      browse,
      ...(signal && { signal }),
    });

  const browse = async (url: string) => links.handleUri(asLink(relayed(await endOf(url))));

  it('returns a session whose code came through the relay', async () => {
    assert.equal((await run(browse)).account.label, 'Alva');
    const uris = [RELAY_REDIRECT_URI];
    assert.deepEqual(scene.redirectUris, { asked: uris, exchanged: uris });
  });

  it('sends the address of the window as its state, encoded once more than a parameter', async () => {
    await run(browse);
    const state = scene.spotify.requests.to('authorize')[0]?.query.get('state') ?? '';
    assert.match(state, /^vscode%3A%2F%2Fspotify-sdk/);
    const { searchParams } = new URL(decodeURIComponent(state));
    assert.match(searchParams.get('nonce') ?? '', /^[\w-]{43}$/);
    assert.equal(searchParams.get('windowId'), '1');
  });

  it('does not change a code with characters that have a meaning in a URL', async () => {
    const { codes } = scene.spotify.tokens;
    const code = 'a+b/c=d';
    await run(async (url) => {
      const end = relayed(await endOf(url));
      const issued = codes.get(end.searchParams.get('code') ?? '');
      assert.ok(issued);
      codes.set(code, issued);
      end.searchParams.set('code', code);
      await links.handleUri(asLink(end));
    });
    assert.equal(scene.spotify.requests.to('token')[0]?.form.get('code'), code);
  });

  it('is not completed by a link with another nonce', async () => {
    const wrongThenRight = async (url: string) => {
      const end = relayed(await endOf(url));
      const wrong = new URL(end);
      wrong.searchParams.set('nonce', 'x'.repeat(43));
      wrong.searchParams.set('code', 'of-another-sign-in');
      await links.handleUri(asLink(wrong));
      await links.handleUri(asLink(end));
    };
    assert.equal((await run(wrongThenRight)).account.label, 'Alva');
    assert.equal(scene.spotify.requests.count('token'), 1);
  });

  it('stops waiting once it is cancelled', async () => {
    const controller = new AbortController();
    const cancel = () => controller.abort(new Error('cancelled'));
    await assert.rejects(run(cancel, controller.signal), /cancelled/);
    assert.equal((await run(browse)).account.label, 'Alva');
  });
});
