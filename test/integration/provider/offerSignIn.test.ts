import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SignInOffer } from '../../../src/provider/offerSignIn.ts';
import type { SessionWatcher } from '../../../src/sessions/sessionChangeEvent.ts';
import type { SessionStore } from '../../../src/sessions/sessionStore.ts';
import { sampleSession } from '../../unit/sessions/sampleSession.ts';
import { replace } from '../replace.ts';
import { Settings } from '../settings.ts';

describe('the offer to sign in', () => {
  let settings: Settings;
  let replaced: Disposable;
  let asked: unknown[][];
  let sessions: ReturnType<typeof sampleSession>[];
  let isLocked: boolean;
  let watcher: SessionWatcher;
  let offer: SignInOffer;

  beforeEach(() => {
    settings = new Settings();
    asked = [];
    sessions = [];
    isLocked = false;
    const getSession = (...args: unknown[]) => Promise.resolve(void asked.push(args));
    replaced = replace(vscode.authentication, { getSession });
    const store = {
      list: () => (isLocked ? Promise.reject(new Error('locked')) : Promise.resolve(sessions)),
      watch: (one: SessionWatcher) => ((watcher = one), { dispose: () => undefined }),
    } as unknown as SessionStore;
    const silent = () => undefined;
    offer = new SignInOffer(store, { debug: silent, info: silent, warn: silent, error: silent });
  });
  afterEach(async () => {
    offer.dispose();
    replaced[Symbol.dispose]();
    await settings[Symbol.asyncDispose]();
  });

  /** What follows an event, which nobody waits for. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('asks for a session of nobody’s, so that nothing is refreshed and no window opens', async () => {
    await offer.make();
    const nobody = { id: '', label: '' };
    // VS Code withdraws every request for one list: nobody else writes this one.
    const scopes = ['user-read-private', 'user-read-private'];
    assert.deepEqual(asked, [['spotify', scopes, { account: nobody }]]);
  });

  it('is not made where somebody is signed in, and again once they are not', async () => {
    sessions = [sampleSession()];
    await offer.make();
    assert.deepEqual(asked, []);
    const [removed] = sessions.splice(0);
    assert.ok(removed);
    watcher.changed?.({ added: [], changed: [], removed: [removed] });
    await settled();
    assert.equal(asked.length, 1);
  });

  it('is made once the sessions can be read, where they could not at first', async () => {
    isLocked = true;
    await offer.make();
    isLocked = false;
    watcher.loaded?.();
    watcher.loaded?.();
    await settled();
    assert.equal(asked.length, 1);
  });

  it('is not made where the settings say no', async () => {
    await settings.set('offerSignIn', false);
    await offer.make();
    assert.deepEqual(asked, []);
  });
});
