import assert from 'node:assert/strict';
import { SCOPES, useDemoApp, useNewApp } from '../asConsumer.ts';
import { Environment } from '../environment.ts';
import { MovedClock } from '../movedClock.ts';
import { replace } from '../replace.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

const MINUTE = 60;
/** VS Code’s own option of a call that its dialog for an extension causes. */
const FROM_DIALOG = { activateImmediate: true };

/** About src/signIn/recentRequests.ts and src/signIn/answeringSession.ts. */
describe('a sign-in for which VS Code has asked for a session before', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });
  let clock: MovedClock;

  beforeEach(() => (clock = suite.use(new MovedClock())));
  afterEach(useDemoApp);

  const provider = () => suite.editor.window.provider;
  const consents = () => suite.spotify.requests.count('authorize');

  /** Asks for a session, as VS Code does before each sign-in. Returns the number of sessions. */
  async function ask(...asked: Parameters<ReturnType<typeof provider>['getSessions']>) {
    return (await provider().getSessions(...asked)).length;
  }

  for (const [what, scopes] of [
    ['the same scopes', ['user-read-private', 'user-top-read']],
    ['some of its scopes', ['user-top-read']],
    ['no scopes', []],
  ] as const) {
    it(`gets the session that has come since, if it is for ${what}`, async () => {
      const wide = ['user-read-private', 'user-top-read'];
      assert.deepEqual([await ask(wide), await ask(scopes)], [0, 0]);
      const first = await provider().createSession(wide);
      clock.aheadSeconds = MINUTE;
      const second = await provider().createSession(scopes);
      assert.equal(second.id, first.id);
      assert.equal(second.accessToken, first.accessToken);
      assert.deepEqual(second.scopes, scopes);
      assert.equal(consents(), 1);
      assert.equal(suite.editor.window.events.length, 1);
      assert.equal(suite.editor.messages.greetings.length, 1);
    });
  }

  it('gets the session that has come since, if the first sign-in has set up the client ID', async () => {
    const environment = suite.use(new Environment());
    const { SPOTIFY_SDK_CLIENT_ID: clientId } = process.env;
    environment.set('SPOTIFY_SDK_CLIENT_ID', undefined);
    assert.deepEqual([await ask(SCOPES), await ask(SCOPES)], [0, 0]);
    environment.set('SPOTIFY_SDK_CLIENT_ID', clientId);
    const { id } = await provider().createSession(SCOPES);
    assert.equal((await provider().createSession(SCOPES)).id, id);
    assert.equal(consents(), 1);
  });

  it('needs another consent if a session was found, however soon it comes', async () => {
    await ask(SCOPES);
    await provider().createSession(SCOPES);
    assert.equal(await ask(SCOPES), 1);
    await provider().createSession(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs another consent if nothing was asked before', async () => {
    await provider().createSession(SCOPES);
    await provider().createSession(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs another consent once each earlier question has got its session', async () => {
    for (let asked = 0; asked < 3; asked++) await ask(SCOPES);
    for (let asked = 0; asked < 3; asked++) await provider().createSession(SCOPES);
    assert.equal(consents(), 1);
    await provider().createSession(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs another consent two minutes after the question', async () => {
    await ask(SCOPES);
    await provider().createSession([...SCOPES, 'user-top-read']);
    clock.aheadSeconds = 2 * MINUTE + 1;
    await provider().createSession(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs no other consent if only the clock is set ahead', async () => {
    await ask(SCOPES);
    await provider().createSession([...SCOPES, 'user-top-read']);
    const { now } = Date;
    suite.use(replace(Date, { now: () => now() + (2 * MINUTE + 1) * 1000 }));
    await provider().createSession(SCOPES);
    assert.equal(consents(), 1);
  });

  it('does not count the time of another sign-in, which VS Code waits for', async () => {
    const { spotify } = suite;
    await ask(SCOPES);
    await ask(SCOPES);
    spotify.behaviour.consent = 'ask';
    const first = provider().createSession(SCOPES);
    while (spotify.pending.size === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.aheadSeconds = 4 * MINUTE;
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await fetch(String(suite.editor.window.opened[0]));
    const { id } = await first;
    clock.aheadSeconds += MINUTE;
    const before = consents();
    assert.equal((await provider().createSession(SCOPES)).id, id);
    assert.equal(consents(), before);
  });

  it('needs another consent for more scopes', async () => {
    const more = [...SCOPES, 'user-top-read'];
    await ask(SCOPES);
    await ask(more);
    await provider().createSession(SCOPES);
    await provider().createSession(more);
    assert.equal(consents(), 2);
  });

  it('gets only a session of the account that it names', async () => {
    const { spotify } = suite;
    const noor = { id: spotify.users.get('noor')?.accountId ?? '', label: 'Noor Haddad' };
    await ask(SCOPES);
    await ask(SCOPES, { account: noor });
    await ask(SCOPES, { account: noor });
    await provider().createSession(SCOPES);
    spotify.behaviour.consent = { agreeAs: 'noor' };
    const { id } = await provider().createSession(SCOPES, { account: noor });
    assert.equal(consents(), 2);
    assert.equal((await provider().createSession(SCOPES, { account: noor })).id, id);
    assert.equal(consents(), 2);
  });

  it('needs another consent if the settings name another app by then', async () => {
    const { spotify } = suite;
    await ask(SCOPES);
    await ask(SCOPES);
    await provider().createSession(SCOPES);
    const { clientId } = await useNewApp(spotify);
    await provider().createSession(SCOPES);
    const clients = spotify.requests.to('authorize').map(({ query }) => query.get('client_id'));
    assert.equal(clients.length, 2);
    assert.equal(clients[1], clientId);
  });

  it('needs another consent if the session has been removed by then', async () => {
    await ask(SCOPES);
    await ask(SCOPES);
    const { id } = await provider().createSession(SCOPES);
    await provider().removeSession(id);
    await provider().createSession(SCOPES);
    assert.equal(consents(), 2);
  });

  it('needs another consent if the first sign-in failed', async () => {
    const { spotify } = suite;
    await ask(SCOPES);
    await ask(SCOPES);
    spotify.behaviour.consent = 'deny';
    await assert.rejects(provider().createSession(SCOPES));
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await provider().createSession(SCOPES);
    assert.equal(consents(), 2);
  });

  describe('and an extension silently, too', () => {
    beforeEach(async () => {
      await ask(SCOPES);
      await ask(SCOPES);
      await provider().createSession(SCOPES, FROM_DIALOG as object);
      assert.equal(await ask(SCOPES), 1);
    });

    it('gets the session if VS Code’s dialog, which was open before, is answered', async () => {
      await provider().createSession(SCOPES, FROM_DIALOG as object);
      assert.equal(consents(), 1);
    });

    it('needs another consent if the user chooses another account in VS Code’s list', async () => {
      await provider().createSession(SCOPES);
      assert.equal(consents(), 2);
    });
  });
});
