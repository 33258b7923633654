import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/paths.ts';
import type { Client } from '../../../src/common/client.ts';
import { FileNoticeClaims } from '../../../src/node/fileNoticeClaims.ts';
import { FileSessionRevisions } from '../../../src/node/fileSessionRevisions.ts';
import type { NoticeClaims } from '../../../src/sessions/acrossWindows.ts';
import { StorageMarker } from '../../../src/sessions/storageMarker.ts';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { SetUpProgress } from '../../../src/setUp/setUpProgress.ts';
import { MementoNoticeClaims } from '../../../src/web/mementoNoticeClaims.ts';
import { sealedChanges } from '../../../src/web/sealedChanges.ts';
import { TabRevisions } from '../../../src/web/tabRevisions.ts';
import { TabSecrets } from '../../../src/web/tabSecrets.ts';
import { KeptLog } from '../keptLog.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';
import { FakeMemento, Window } from '../sessions/fakeWindow.ts';
import { until } from '../sessions/until.ts';
import { EarlierFolder, earlierMemory, earlierSecrets, fixture } from './earlierData.ts';
import { fakeVscode, messages, settings } from './fakeVscode.ts';

const own: Client = { id: 'c'.repeat(32), source: 'settings' };
const alva = { id: 'account-of-alva', profileId: 'alva', label: 'Alva' };
const bo = { id: 'bo', profileId: 'bo', label: 'Bo' };
const scopes = ['user-read-private', 'user-top-read'];
const scope = scopes.join(' ');
const token = (number: number) => ({
  accessToken: `BQaccess${number}`,
  expiresAt: 1_796_130_000,
  refreshToken: `AQrefresh${number}`,
  scope,
});
const common = { client: own, account: alva, scopes, consentedAt: 1_793_534_400, revision: 1 };

/** The sessions that the earlier version has stored. */
const SESSIONS: readonly StoredSession[] = [
  { ...common, id: 'plain', token: token(1), revision: 2 },
  {
    ...common,
    id: 'named-by-extension',
    client: { id: 'd'.repeat(32), source: 'extension' },
    token: token(2),
  },
  {
    ...common,
    id: 'left-out',
    scopes: ['user-read-private'],
    leftOut: ['streaming'],
    token: { ...token(3), scope: 'user-read-private' },
  },
  { ...common, id: 'refreshed', account: bo, token: token(4), refreshedAt: 1_796_126_400.25 },
  { ...common, id: 'suspended', account: bo, token: token(5), suspendedAt: 1_796_126_400.5 },
  {
    ...common,
    id: 'without-optional-keys',
    account: bo,
    scopes: [],
    token: { accessToken: 'BQaccess6', expiresAt: 1_796_126_400 },
  },
];

/** About the classes that read what an earlier version stored, such as src/sessions/storedSession.ts. */
describe('the data that an earlier version has stored', () => {
  let removeFake: () => void;

  before(() => {
    removeFake = fakeVscode();
    Object.assign(settings, fixture('settings'));
  });
  after(() => removeFake());
  beforeEach(() => (messages.length = 0));

  describe('for a session', () => {
    it('is read whole, and not written again', async () => {
      const secrets = earlierSecrets();
      const window = new Window({ secrets: secrets.window(), memory: await earlierMemory() });
      assert.deepEqual(await window.store.all(), SESSIONS);
      assert.deepEqual([window.unreadable, window.storageLost, secrets.writes], [[], 0, 0]);
    });

    it('is what this version writes, too', () => {
      const secrets = fixture('secrets');
      for (const session of SESSIONS) {
        assert.equal(serializeSession(session), secrets[`session:${session.id}`]);
      }
    });

    it('includes its revision and its tombstone', async () => {
      using folder = new EarlierFolder('sessionFiles');
      const revisions = new FileSessionRevisions(folder.path);
      for (const { id, revision } of SESSIONS) {
        assert.deepEqual(
          [await revisions.revision(id), await revisions.isRemoved(id)],
          [revision, false],
        );
      }
      assert.equal(await revisions.isRemoved('signed-out'), true);
      const before = readdirSync(folder.path);
      await revisions.setRevision('plain', 3);
      await revisions.setRemoved('signed-out');
      assert.deepEqual(readdirSync(folder.path), before);
      assert.equal(readFileSync(path.join(folder.path, 'plain.generation'), 'utf8'), '3');
    });
  });

  it('includes client secrets', async () => {
    const { ClientSecrets } = await import('../../../src/appTokens/clientSecrets.ts');
    const secrets = earlierSecrets();
    using clients = disposable(new ClientSecrets(secrets.window()));
    const [first, kept] = [await clients.get('c'.repeat(32)), await clients.get('d'.repeat(32))];
    const isFromEnvironment = false;
    assert.deepEqual(first, {
      clientId: 'c'.repeat(32),
      clientSecret: 'e'.repeat(32),
      isKeptDespiteRefusal: false,
      sessionId: '2353bfbe-40a7-4bf1-801a-04763f07eb15',
      isFromEnvironment,
    });
    assert.deepEqual(kept, {
      clientId: 'd'.repeat(32),
      clientSecret: 'f'.repeat(32),
      isKeptDespiteRefusal: true,
      sessionId: '6993f997-791b-440c-b79e-6a611aa0b388',
      isFromEnvironment,
    });
    await clients.store('d'.repeat(32), 'f'.repeat(32), true);
    assert.deepEqual(Object.fromEntries(secrets.stored), fixture('secrets'));
  });

  it('includes the progress of the set-up', async () => {
    const memory = await earlierMemory();
    const progress = new SetUpProgress(memory);
    const state = { step: 'clientId', typed: '0123' } as const;
    assert.deepEqual(progress.get(), state);
    progress.set(state);
    assert.deepEqual(memory.get('setUp'), state);
  });

  for (const key of ['marker', 'diagnosis'] as const) {
    it(`includes the marker of SecretStorage: ${key}`, async () => {
      const { SecretsCheck } = await import('../../../src/diagnosis/secretsCheck.ts');
      const run = async (secrets: FakeSecrets) => {
        const memory = new FakeMemento();
        await memory.update(key, fixture('globalState')[key]);
        const marker = new StorageMarker(secrets.window(), memory);
        await marker.lost();
        return (await new SecretsCheck(secrets.window(), memory, marker).run()).survival;
      };
      assert.equal(await run(earlierSecrets()), 'kept');
      assert.equal(await run(new FakeSecrets()), 'lost');
    });
  }

  it('includes the key with which browser tabs encrypt their broadcasts', async () => {
    const { nonce = '', content = '' } = fixture('broadcast');
    const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));
    const message = { nonce: bytes(nonce), content: bytes(content).buffer };
    let listen: (event: { readonly data: unknown }) => void = () =>
      assert.fail('the tab does not listen');
    const channel = {
      postMessage: () => undefined,
      addEventListener: (_: 'message', listener: typeof listen) => (listen = listener),
      close: () => undefined,
    };
    const log = new KeptLog();
    const tab = new TabSecrets(earlierSecrets().window(), channel, new TabRevisions(), log);
    // The broadcast of an earlier version may be a recording, so it is not applied.
    listen({ data: message });
    const change = { key: 'session:new', value: 'a record' };
    listen({ data: await sealedChanges().seal(change, fixture('secrets')['tabs'] ?? '') });
    await until(async () => (await tab.get('session:new')) === 'a record');
    assert.equal(await tab.get('session:broadcast'), undefined);
    assert.deepEqual(log.lines, []);
  });

  describe('for notices', () => {
    // One of the notices is due three days before a consent ends.
    beforeEach(() => moveClock((Date.parse('2026-12-01') - Date.now()) / 1000));
    afterEach(resetClock);

    /** Has everything happen again that the earlier version has shown a notice for. */
    async function showNotices(claims: NoticeClaims, isLost = false): Promise<readonly string[]> {
      const { SessionNotices } = await import('../../../src/provider/sessionNotices.ts');
      const { AuthenticationError } = await import('../../../src/auth/errors.ts');
      const { store } = new Window({ secrets: earlierSecrets().window() });
      const questions: Promise<boolean>[] = [];
      const counted: NoticeClaims = {
        release: (name) => claims.release(name),
        claim: (name) => questions[questions.push(claims.claim(name)) - 1] ?? assert.fail(),
      };
      const log = Object.assign(new KeptLog(), { show: () => undefined });
      const notices = new SessionNotices({ store, signIn: {} as never, claims: counted, log });
      const find = (name: string) => SESSIONS.find(({ id }) => id === name) ?? assert.fail(name);
      const error = (code: string) => new AuthenticationError('no', { error: code });
      const scopes = ['user-library-read']; // No other session covers them.
      notices.refused({ ...find('suspended'), scopes }, error('invalid_grant'));
      // The earlier version said less of a lost app, under another name.
      if (isLost) notices.refused(find('plain'), error('invalid_client'));
      notices.answered({ ...find('left-out'), scopes, consentedAt: 1_780_591_438.5 });
      notices.unreadable('session:unreadable');
      notices.storageLost('2026-11-30T12:00:00.000Z');
      for (let count = -1; questions.length > count;) {
        count = questions.length;
        await Promise.all(questions);
        await new Promise(setImmediate);
      }
      assert.ok(questions.length >= 4);
      return messages;
    }

    it('is known to the claims by files, so that none is shown twice', async () => {
      using folder = new EarlierFolder('noticeFiles');
      assert.deepEqual(await showNotices(new FileNoticeClaims(folder.path)), []);
      assert.deepEqual(readdirSync(folder.path), Object.keys(fixture('noticeFiles')));
    });

    it('is known to the claims by globalState, so that none is shown twice', async () => {
      assert.deepEqual(await showNotices(new MementoNoticeClaims(await earlierMemory())), []);
    });

    it('is missing at first, when all five are shown', async () => {
      assert.equal((await showNotices(new MementoNoticeClaims(new FakeMemento()), true)).length, 5);
    });
  });

  it('includes the settings', async () => {
    const configuration = await import('../../../src/common/configuration.ts');
    assert.equal(configuration.configuredClientId(), 'c'.repeat(32));
    assert.equal(configuration.configuredRedirectUri(), 'http://127.0.0.1:8914/callback');
    assert.equal(configuration.configuredSignInFlow(), 'paste');
    assert.equal(configuration.isSignInOffered(), false);
    await configuration.saveClientId('0'.repeat(32));
    assert.equal(settings['spotify-authentication.clientId'], '0'.repeat(32));
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: object } };
    };
    const declared = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(declared.sort(), Object.keys(fixture('settings')).sort());
  });
});

/** `object`, whose `dispose` is called at the end of the scope. */
function disposable<T extends { dispose(): void }>(object: T): T & Disposable {
  return Object.assign(object, { [Symbol.dispose]: () => object.dispose() });
}
