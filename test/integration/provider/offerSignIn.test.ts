import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SignInOffer, usesOnlyAppTokens } from '../../../src/provider/offerSignIn.ts';
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
  let usesOnlyApp: boolean;
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
    usesOnlyApp = false;
    const ask = () => Promise.resolve(usesOnlyApp);
    offer = new SignInOffer(store, ask, {
      debug: silent,
      info: silent,
      warn: silent,
      error: silent,
    });
  });
  afterEach(async () => {
    offer.dispose();
    replaced[Symbol.dispose]();
    await settings[Symbol.asyncDispose]();
  });

  /** Resolves once the work that follows an event is done. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('requests a session of an empty account, so that nothing is refreshed and no dialog opens', async () => {
    await offer.make();
    const emptyAccount = { id: '', label: '' };
    // VS Code withdraws equal requests together, so this list must differ from every other one.
    const scopes = ['user-read-private', 'user-read-private'];
    assert.deepEqual(asked, [['spotify', scopes, { account: emptyAccount }]]);
  });

  it('is not made while the user is signed in, and is made once they have signed out', async () => {
    sessions = [sampleSession()];
    await offer.make();
    assert.deepEqual(asked, []);
    const [removed] = sessions.splice(0);
    assert.ok(removed);
    watcher.changed?.({ added: [], changed: [], removed: [removed] });
    await settled();
    assert.equal(asked.length, 1);
  });

  it('is made once the sessions can be read, if they could not be read at first', async () => {
    isLocked = true;
    await offer.make();
    isLocked = false;
    watcher.loaded?.();
    watcher.loaded?.();
    await settled();
    assert.equal(asked.length, 1);
  });

  it('counts a user as one of app tokens who has a client secret and never had an account', async () => {
    const answers = [];
    for (const accounts of [[], ['Alva']]) {
      for (const app of [undefined, 'an app']) {
        answers.push(
          await usesOnlyAppTokens({ accounts }, { current: () => Promise.resolve(app) }),
        );
      }
    }
    assert.deepEqual(answers, [false, true, false, false]);
  });

  it('is not made to a user who has only used app tokens', async () => {
    usesOnlyApp = true;
    await offer.make();
    assert.deepEqual(asked, []);
  });

  it('is not made if the settings turn it off', async () => {
    await settings.set('offerSignIn', false);
    await offer.make();
    assert.deepEqual(asked, []);
  });
});
