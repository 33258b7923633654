import assert from 'node:assert/strict';
import { SCOPES, useDemoApp, useNewApp } from '../asConsumer.ts';
import { MovedClock } from '../movedClock.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/signIn/signInRequests.ts. */
describe('a second request for a session', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });
  let clock: MovedClock;

  beforeEach(() => (clock = suite.use(new MovedClock())));
  afterEach(useDemoApp);

  const ask = (...asked: Parameters<typeof suite.editor.window.provider.createSession>) =>
    suite.editor.window.provider.createSession(...asked);

  const consents = () => suite.spotify.requests.count('authorize');

  for (const [what, scopes] of [
    ['the same scopes', ['user-read-private', 'user-top-read']],
    ['some of its scopes', ['user-top-read']],
    ['no scopes', []],
  ] as const) {
    it(`gets the session of the first, less than two seconds later, if it is for ${what}`, async () => {
      const first = await ask(['user-read-private', 'user-top-read']);
      clock.aheadSeconds = 1.5;
      const second = await ask(scopes);
      assert.equal(second.id, first.id);
      assert.equal(second.accessToken, first.accessToken);
      assert.deepEqual(second.scopes, scopes);
      assert.equal(consents(), 1);
      assert.equal(suite.editor.window.events.length, 1);
    });
  }

  it('needs another consent for more scopes', async () => {
    await ask(SCOPES);
    await ask([...SCOPES, 'user-top-read']);
    assert.equal(consents(), 2);
  });

  it('needs another consent if it names an account', async () => {
    const { account } = await ask(SCOPES);
    await ask(SCOPES, { account });
    assert.equal(consents(), 2);
  });

  it('needs another consent if the settings name another app by then', async () => {
    const { spotify } = suite;
    await ask(SCOPES);
    const { clientId } = await useNewApp(spotify);
    await ask(SCOPES);
    const clients = spotify.requests.to('authorize').map(({ query }) => query.get('client_id'));
    assert.equal(clients.length, 2);
    assert.equal(clients[1], clientId);
  });

  it('needs another consent more than two seconds after the first', async () => {
    await ask(SCOPES);
    clock.aheadSeconds = 2.1;
    await ask(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs another consent if the first session has been removed by then', async () => {
    const { id } = await ask(SCOPES);
    await suite.editor.window.provider.removeSession(id);
    await ask(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs another consent if the first sign-in failed', async () => {
    const { spotify } = suite;
    spotify.behaviour.consent = 'deny';
    await assert.rejects(ask(SCOPES));
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await ask(SCOPES);
    assert.equal(consents(), 2);
  });
});
