import assert from 'node:assert/strict';
import type { AskForAddress, PasteRequest } from '../../../src/flows/pasteBox.ts';
import { pasteFlow } from '../../../src/flows/pasteFlow.ts';
import { endOf, SignInScene } from '../signIn/signInScene.ts';

const FIXED = 'http://127.0.0.1:8914/callback';

describe('a sign-in by a pasted address', () => {
  let scene: SignInScene;
  let asked: PasteRequest[];

  before(async () => {
    scene = await SignInScene.set('http://127.0.0.1/callback', 'http://[::1]/callback', FIXED);
  });
  after(() => scene.close());
  beforeEach(() => (asked = []));

  /** Pastes the address on which a browser ends that opens the link. */
  const paste: AskForAddress = async (request) => {
    asked.push(request);
    return (await endOf(request.url)).href;
  };

  const run = (redirectUri?: string, askForAddress = paste, signal?: AbortSignal) =>
    scene.signIn({
      openFlow: pasteFlow(askForAddress),
      ...(redirectUri && { redirectUri }),
      ...(signal && { signal }),
    });

  it('returns a session, and opens no browser', async () => {
    assert.equal((await run()).account.label, 'Alva');
    assert.deepEqual(scene.opened, []);
  });

  it('asks for an address with the state and redirect URI of its link', async () => {
    await run();
    const [request] = asked;
    const { searchParams } = new URL(request?.url ?? '');
    assert.equal(request?.redirectUri, searchParams.get('redirect_uri'));
    assert.equal(request.state, searchParams.get('state'));
  });

  for (const uri of [undefined, 'http://127.0.0.1/callback', 'http://[::1]/callback']) {
    it(`uses a random dynamic port for ${uri ?? 'the default redirect URI'}`, async () => {
      for (let times = 0; times < 4; times++) await run(uri);
      const uris = asked.map(({ redirectUri }) => new URL(redirectUri));
      const ports = uris.map(({ port }) => Number(port));
      assert.ok(ports.every((port) => port >= 49_152 && port <= 65_535));
      assert.ok(new Set(ports).size > 1);
      const [{ hostname, pathname } = {}] = uris;
      assert.equal(`http://${hostname}${pathname}`, uri ?? 'http://127.0.0.1/callback');
    });
  }

  it('keeps the port that the settings name', async () => {
    assert.equal((await run(FIXED)).account.label, 'Alva');
    assert.equal(asked[0]?.redirectUri, FIXED);
  });

  for (const uri of ['https://example.com/spotify', 'vscode://elsewhere.ours/callback']) {
    it(`uses ${uri} of the settings unchanged`, async () => {
      scene.app.redirectUris.push(uri);
      await run(uri);
      assert.equal(asked[0]?.redirectUri, uri);
    });
  }

  it('rejects if the user closes its box', async () => {
    await assert.rejects(
      run(undefined, () => Promise.reject(new Error('closed'))),
      /closed/,
    );
  });

  it('closes its box when it is cancelled', async () => {
    const controller = new AbortController();
    const box: AskForAddress = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the box is closed')));
        controller.abort();
      });
    await assert.rejects(run(undefined, box, controller.signal), /the box is closed/);
  });
});
