import assert from 'node:assert/strict';
import type { Spotify } from '../../spotify/index.ts';
import { SCOPES, useDemoApp, useNewApp } from '../asConsumer.ts';
import { MovedClock } from '../movedClock.ts';
import { TestEditor } from '../testEditor.ts';
import { startConfiguredSpotify } from '../standIn.ts';

describe('a second extension that asks for a session', () => {
  let spotify: Spotify;
  let editor: TestEditor;
  let clock: MovedClock;

  before(async () => (spotify = await startConfiguredSpotify()));
  after(() => spotify.close());
  beforeEach(() => {
    editor = new TestEditor();
    clock = new MovedClock();
  });
  afterEach(async () => {
    clock[Symbol.dispose]();
    await editor[Symbol.asyncDispose]();
    await useDemoApp();
    spotify.requests.clear();
  });

  const ask = (...asked: Parameters<typeof editor.window.provider.createSession>) =>
    editor.window.provider.createSession(...asked);

  const consents = () => spotify.requests.count('authorize');

  for (const [what, scopes] of [
    ['the same scopes', ['user-read-private', 'user-top-read']],
    ['some of them, in another order', ['user-top-read']],
    ['none', []],
  ] as const) {
    it(`gets the one that the first has got a moment ago, for ${what}`, async () => {
      const first = await ask(['user-read-private', 'user-top-read']);
      clock.aheadSeconds = 1.5;
      const second = await ask(scopes);
      assert.equal(second.id, first.id);
      assert.equal(second.accessToken, first.accessToken);
      assert.deepEqual(second.scopes, scopes);
      assert.equal(consents(), 1);
      assert.equal(editor.window.events.length, 1);
    });
  }

  it('needs a consent of its own for more scopes', async () => {
    await ask(SCOPES);
    await ask([...SCOPES, 'user-top-read']);
    assert.equal(consents(), 2);
  });

  it('needs a consent of its own for an account that it names', async () => {
    const { account } = await ask(SCOPES);
    await ask(SCOPES, { account });
    assert.equal(consents(), 2);
  });

  it('needs a consent of its own where the settings name another app meanwhile', async () => {
    await ask(SCOPES);
    const { clientId } = await useNewApp(spotify);
    await ask(SCOPES);
    const clients = spotify.requests.to('authorize').map(({ query }) => query.get('client_id'));
    assert.equal(clients.length, 2);
    assert.equal(clients[1], clientId);
  });

  it('needs a consent of its own later than two seconds after the first', async () => {
    await ask(SCOPES);
    clock.aheadSeconds = 2.1;
    await ask(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs a consent of its own where the first has been signed out meanwhile', async () => {
    const { id } = await ask(SCOPES);
    await editor.window.provider.removeSession(id);
    await ask(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs a consent of its own where the first was not signed in', async () => {
    spotify.behaviour.consent = 'deny';
    await assert.rejects(ask(SCOPES));
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await ask(SCOPES);
    assert.equal(consents(), 2);
  });
});
