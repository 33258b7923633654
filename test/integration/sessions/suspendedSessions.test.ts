import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES, useDemoApp, useNewApp } from '../asConsumer.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';
import { integrationSuite } from '../suite.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const now = () => Date.now() / 1000;
const REFUSED = { added: [], changed: [] };

/** About src/sessions/sessionRefresher.ts and src/sessions/sessionStore.ts. */
describe('a session that Spotify has refused', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });
  let id: string;

  beforeEach(async () => {
    ({ id } = await suite.editor.window.provider.createSession(SCOPES));
    await expire();
  });

  const refreshes = () => suite.spotify.requests.count('token', 'refresh_token');
  const ask = (of = suite.editor.window) => of.provider.getSessions(SCOPES);

  /** Has the access token expire, and clears the events and requests so far. */
  async function expire(): Promise<void> {
    const { spotify } = suite;
    const { storage, window } = suite.editor;
    const { token } = storage.record();
    await window.age({ token: { ...token, expiresAt: now() - 1 } });
    window.events.length = 0;
    spotify.requests.clear();
  }

  async function refuse(): Promise<void> {
    suite.spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.deepEqual(await ask(), []);
  }

  async function letAnHourPass(): Promise<void> {
    const { storage, window } = suite.editor;
    await window.age({ suspendedAt: Number(storage.record().suspendedAt) - HOUR });
  }

  it('does not exist for VS Code, and is not refreshed for an hour', async () => {
    const { window, messages } = suite.editor;
    await refuse();
    assert.deepEqual(await ask(), []);
    assert.deepEqual(await window.provider.getSessions(undefined), []);
    assert.deepEqual(window.events, [{ ...REFUSED, removed: [id] }]);
    assert.equal(refreshes(), 1);
    await window.allMessagesShown();
    assert.equal(messages.all.length, 1);
  });

  it('comes back with its id if the refusal was a false alarm, and a later refusal is reported again', async () => {
    const { storage, window, messages } = suite.editor;
    await refuse();
    await letAnHourPass();
    assert.deepEqual(
      (await ask()).map((session) => session.id),
      [id],
    );
    assert.equal(refreshes(), 2);
    assert.deepEqual(window.events.slice(1), [{ added: [id], changed: [], removed: [] }]);
    assert.equal(storage.record().suspendedAt, undefined);

    await expire();
    await refuse();
    await window.allMessagesShown();
    assert.equal(messages.all.length, 2);
  });

  it('is refreshed once an hour if the refusal was right, and not reported again', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    await refuse();
    await letAnHourPass();
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.deepEqual([await ask(), await ask()], [[], []]);
    assert.equal(refreshes(), 2);
    assert.equal(window.events.length, 1);
    await window.allMessagesShown();
    assert.equal(messages.all.length, 1);
  });

  it('causes no error while Spotify cannot be reached', async () => {
    const { spotify } = suite;
    const { window } = suite.editor;
    await refuse();
    await letAnHourPass();
    spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded() });
    assert.deepEqual(await ask(), []);
    assert.equal(window.events.length, 1);
  });

  it('is removed at once if its six months are over', async () => {
    const { storage, window } = suite.editor;
    await window.age({ consentedAt: now() - 182 * DAY });
    window.events.length = 0;
    await refuse();
    assert.deepEqual(storage.records(), []);
    assert.deepEqual(window.events, [{ ...REFUSED, removed: [id] }]);
  });

  it('keeps its id when the same user signs in again', async () => {
    const { storage, window } = suite.editor;
    await refuse();
    assert.equal((await window.provider.createSession(SCOPES)).id, id);
    assert.equal(storage.record().suspendedAt, undefined);
    assert.deepEqual(window.events.slice(1), [{ added: [id], changed: [], removed: [] }]);
  });

  it('can be signed in to again with its own account and client ID, though the settings name another by then', async () => {
    const { spotify } = suite;
    const { storage, messages } = suite.editor;
    const { id: clientId } = storage.record().client;
    await refuse();
    await useNewApp(spotify);
    spotify.behaviour.consent = { agreeAs: 'noor' };
    try {
      (await messages.waitFor(/ended the session/)).answer('Sign In Again');
      (await messages.waitFor(/^You signed in to Spotify as Noor Haddad, but Alva/)).answer();
      const asked = spotify.requests.to('authorize').map(({ query }) => query.get('client_id'));
      assert.deepEqual(asked, [clientId]);
    } finally {
      spotify.behaviour.consent = { agreeAs: 'alva' };
      await useDemoApp();
    }
  });

  it('is reported again if Spotify refuses it after the user has signed in again', async () => {
    const { storage, window, messages } = suite.editor;
    await refuse();
    await window.provider.createSession(SCOPES);
    await window.age({ consentedAt: storage.record().consentedAt + 1 });
    await expire();
    await refuse();
    await window.allMessagesShown();
    assert.equal(messages.texts.filter((text) => text.includes('ended the session')).length, 2);
  });

  it('is removed after a sign-in that covers its scopes', async () => {
    const { storage, window } = suite.editor;
    await refuse();
    const wider = await window.provider.createSession([...SCOPES, 'user-top-read']);
    assert.notEqual(wider.id, id);
    assert.equal(storage.record().id, wider.id);
  });

  it('is removed when its account signs out', async () => {
    const { storage, window } = suite.editor;
    const other = await window.provider.createSession(['user-top-read']);
    await refuse();
    assert.equal(storage.records().length, 2);
    await window.provider.removeSession(other.id);
    assert.deepEqual(storage.records(), []);
  });

  it('reports another session of its account as changed, so that VS Code keeps the account', async () => {
    const { window } = suite.editor;
    const other = await window.provider.createSession(['user-top-read']);
    window.events.length = 0;
    await refuse();
    assert.deepEqual(window.events, [{ added: [], changed: [other.id], removed: [id] }]);
    const left = await window.provider.getSessions(undefined);
    assert.deepEqual(
      left.map(({ account }) => account.label),
      ['Alva Lind'],
    );
  });

  it('is reported by one of two windows, and does not exist in both', async () => {
    const { spotify } = suite;
    const { storage, window, messages } = suite.editor;
    using other = new TestWindow(storage);
    await other.provider.getSessions(undefined);
    // Both windows may send a request before either sees the other’s result.
    spotify.faults.next(2, readyFaults.falseInvalidGrant);
    assert.deepEqual(await Promise.all([ask(), ask(other)]), [[], []]);
    for (const { events } of [window, other]) {
      assert.deepEqual(events, [{ ...REFUSED, removed: [id] }]);
    }
    assert.ok(refreshes() <= 2);
    await Promise.all([window.allMessagesShown(), other.allMessagesShown()]);
    assert.equal(messages.all.length, 1);
  });
});
