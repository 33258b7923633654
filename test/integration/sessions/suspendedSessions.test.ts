import assert from 'node:assert/strict';
import { readyFaults, type Spotify } from '../../spotify/index.ts';
import { SCOPES, useDemoApp, useNewApp } from '../asConsumer.ts';
import { OwnEditor } from '../ownEditor.ts';
import { OwnProvider } from '../ownProvider.ts';
import { startConfiguredSpotify } from '../standIn.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const now = () => Date.now() / 1000;
const REFUSED = { added: [], changed: [] };

describe('a session that Spotify has refused', () => {
  let spotify: Spotify;
  let editor: OwnEditor;
  let storage: OwnEditor['storage'];
  let window: OwnProvider;
  let messages: OwnEditor['messages'];
  let id: string;

  before(async () => (spotify = await startConfiguredSpotify()));
  after(() => spotify.close());
  beforeEach(async () => {
    editor = new OwnEditor();
    ({ storage, messages, window } = editor);
    ({ id } = await window.provider.createSession(SCOPES));
    await expire();
  });
  afterEach(async () => {
    await editor[Symbol.asyncDispose]();
    spotify.faults.clear();
    spotify.requests.clear();
  });

  const refreshes = () => spotify.requests.count('token', 'refresh_token');
  const ask = (of = window) => of.provider.getSessions(SCOPES);

  /** The access token runs out; what was told and asked on the way does not count. */
  async function expire(): Promise<void> {
    const { token } = storage.record();
    await window.age({ token: { ...token, expiresAt: now() - 1 } });
    window.events.length = 0;
    spotify.requests.clear();
  }

  async function refuse(): Promise<void> {
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.deepEqual(await ask(), []);
  }

  async function letAnHourPass(): Promise<void> {
    await window.age({ suspendedAt: Number(storage.record().suspendedAt) - HOUR });
  }

  it('is gone for VS Code and left alone for an hour', async () => {
    await refuse();
    assert.deepEqual(await ask(), []);
    assert.deepEqual(await window.provider.getSessions(undefined), []);
    assert.deepEqual(window.events, [{ ...REFUSED, removed: [id] }]);
    assert.equal(refreshes(), 1);
    await window.everythingTold();
    assert.equal(messages.all.length, 1);
  });

  it('comes back with its id when it was a false alarm, and a later one is news', async () => {
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
    await window.everythingTold();
    assert.equal(messages.all.length, 2);
  });

  it('is tried once an hour when it is no false alarm, and not spoken of again', async () => {
    await refuse();
    await letAnHourPass();
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.deepEqual([await ask(), await ask()], [[], []]);
    assert.equal(refreshes(), 2);
    assert.equal(window.events.length, 1);
    await window.everythingTold();
    assert.equal(messages.all.length, 1);
  });

  it('fails nobody who asks while Spotify cannot be reached', async () => {
    await refuse();
    await letAnHourPass();
    spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded() });
    assert.deepEqual(await ask(), []);
    assert.equal(window.events.length, 1);
  });

  it('is dropped at once when six months are over', async () => {
    await window.age({ consentedAt: now() - 182 * DAY });
    window.events.length = 0;
    await refuse();
    assert.deepEqual(storage.records(), []);
    assert.deepEqual(window.events, [{ ...REFUSED, removed: [id] }]);
  });

  it('keeps its id when the same person signs in again', async () => {
    await refuse();
    assert.equal((await window.provider.createSession(SCOPES)).id, id);
    assert.equal(storage.record().suspendedAt, undefined);
    assert.deepEqual(window.events.slice(1), [{ added: [id], changed: [], removed: [] }]);
  });

  it('is offered again for its own account and app, whatever is chosen meanwhile', async () => {
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

  it('is news again when the session ends that the person has signed in to since', async () => {
    await refuse();
    await window.provider.createSession(SCOPES);
    await window.age({ consentedAt: storage.record().consentedAt + 1 });
    await expire();
    await refuse();
    await window.everythingTold();
    assert.equal(messages.texts.filter((text) => text.includes('ended the session')).length, 2);
  });

  it('is forgotten when a sign-in for more makes it needless', async () => {
    await refuse();
    const wider = await window.provider.createSession([...SCOPES, 'user-top-read']);
    assert.notEqual(wider.id, id);
    assert.equal(storage.record().id, wider.id);
  });

  it('is forgotten when its account signs out', async () => {
    const other = await window.provider.createSession(['user-top-read']);
    await refuse();
    assert.equal(storage.records().length, 2);
    await window.provider.removeSession(other.id);
    assert.deepEqual(storage.records(), []);
  });

  it('leaves its account to another session, which VS Code is reminded of', async () => {
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

  it('is told of by one of two windows, and gone in both', async () => {
    using other = new OwnProvider(storage);
    await other.provider.getSessions(undefined);
    // Both have asked before either hears; without a rotation each may ask once.
    spotify.faults.next(2, readyFaults.falseInvalidGrant);
    assert.deepEqual(await Promise.all([ask(), ask(other)]), [[], []]);
    for (const { events } of [window, other]) {
      assert.deepEqual(events, [{ ...REFUSED, removed: [id] }]);
    }
    assert.ok(refreshes() <= 2);
    await Promise.all([window.everythingTold(), other.everythingTold()]);
    assert.equal(messages.all.length, 1);
  });
});
