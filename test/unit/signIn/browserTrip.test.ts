import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { ownClient } from '../../../src/common/client.ts';
import { AuthorizationDeniedError, endpointsAt } from '../../../src/auth/index.ts';
import { AccountRefusedError, WrongAccountError } from '../../../src/signIn/errors.ts';
import type { OpenFlow } from '../../../src/flows/flow.ts';
import type { SignedIn } from '../../../src/sessions/newSession.ts';
import { identify } from '../../../src/signIn/account.ts';
import { browserTrip } from '../../../src/signIn/browserTrip.ts';
import type { TripEnvironment } from '../../../src/signIn/signInEnvironment.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';
import { loopback } from './signInScene.ts';

const openLoopbackFlow = loopback();

describe('browserTrip', () => {
  let spotify: Spotify;
  let app: App;
  let tab: Promise<string>;

  beforeEach(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', accountId: 'account-of-alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  afterEach(() => spotify.close());

  /** A browser that opens the address, and keeps the text of the page on which it ends. */
  const browse = (url: string) => {
    tab = fetch(url).then((page) => page.text());
    return Promise.resolve();
  };

  const run = (
    different: Partial<TripEnvironment> = {},
    {
      openFlow = openLoopbackFlow,
      signal = AbortSignal.timeout(10_000),
      check = (signedIn: SignedIn): SignedIn => signedIn,
    } = {},
  ) => {
    const client = ownClient(app.clientId);
    const trip = { client, scopes: ['user-read-private'], showDialog: false, openFlow, signal };
    const environment = {
      servers: {
        accounts: endpointsAt(spotify.accountsUrl),
        apiUrl: spotify.apiUrl,
        testServer: undefined,
      },
      fetch,
      openBrowser: browse,
      ...different,
    };
    return browserTrip(trip, environment, async (consent) =>
      check(await identify(consent, signal, environment)),
    );
  };

  it('returns the account, the scopes and a valid token', async () => {
    const { token, ...signedIn } = await run();
    assert.deepEqual(signedIn, {
      client: ownClient(app.clientId),
      scopes: ['user-read-private'],
      account: { id: 'account-of-alva', profileId: 'alva', label: 'Alva' },
    });
    const profile = await fetch(`${spotify.apiUrl}/v1/me`, {
      headers: { Authorization: `Bearer ${token.accessToken}` },
    });
    assert.equal(profile.status, 200);
    assert.match(await tab, /signedIn/);
  });

  it('says in the browser only that Spotify has answered if the account is not the requested one', async () => {
    const check = ({ account }: SignedIn) => {
      throw new WrongAccountError(account);
    };
    await assert.rejects(run({}, { check }), (error) => {
      return error instanceof WrongAccountError && error.account.label === 'Alva';
    });
    assert.match(await tab, /received/);
  });

  it('uses the profile id if Spotify sends neither account_id nor a name', async () => {
    spotify.behaviour.omitAccountId = true;
    spotify.addUser({ id: 'alva', displayName: null });
    const { account } = await run();
    assert.deepEqual(account, { id: 'alva', profileId: 'alva', label: 'alva' });
  });

  it('uses the account_id for both ids if Spotify sends no profile id', async () => {
    const profile = JSON.stringify({ account_id: 'account-of-alva', display_name: 'Alva' });
    spotify.faults.next(1, { on: 'me', status: 200, body: profile });
    const { account } = await run();
    assert.deepEqual([account.id, account.profileId], ['account-of-alva', 'account-of-alva']);
  });

  it('uses the profile id if nothing is seen of the name', async () => {
    spotify.addUser({ id: 'alva', displayName: '\u3164\u200B' });
    assert.equal((await run()).account.label, 'alva');
  });

  it('rejects at once if the user declines on the consent page', async () => {
    spotify.behaviour.consent = 'deny';
    await assert.rejects(run(), AuthorizationDeniedError);
    assert.match(await tab, /denied/);
  });

  for (const [reason, different] of [
    ['notListed', { allowList: ['another@example.com'] }],
    ['ownerNeedsPremium', { ownerHasPremium: false }],
  ] as const) {
    it(`recognizes a 403 whose reason is ${reason}`, async () => {
      Object.assign(app, different);
      await assert.rejects(run(), (error) => {
        return error instanceof AccountRefusedError && error.reason === reason;
      });
      assert.match(await tab, /failed/);
    });
  }

  it('says in the browser that the sign-in has ended if it is cancelled while the code is exchanged', async () => {
    const controller = new AbortController();
    spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
    const cancelled = assert.rejects(run({}, { signal: controller.signal }), /cancelled/);
    while (spotify.requests.count('token') === 0) await setImmediate();
    controller.abort(new Error('cancelled'));
    await cancelled;
    assert.match(await tab, /expired/);
  });

  it('frees its port if it is cancelled, and if the browser does not open', async () => {
    const uris: string[] = [];
    const openFlow: OpenFlow = async (options) => {
      const flow = await openLoopbackFlow(options);
      uris.push(flow.redirectUri);
      return flow;
    };
    const controller = new AbortController();
    const cancel = () => {
      controller.abort(new Error('cancelled'));
      return Promise.resolve();
    };
    const { signal } = controller;
    await assert.rejects(run({ openBrowser: cancel }, { openFlow, signal }), /cancelled/);
    const decline = () => Promise.reject(new Error('declined'));
    await assert.rejects(run({ openBrowser: decline }, { openFlow }), /declined/);
    await setImmediate();
    for (const uri of uris) await assert.rejects(fetch(uri), TypeError);
    assert.equal(uris.length, 2);
  });

  it('rejects at once if it is cancelled while its flow opens, and closes a flow that opens late', async () => {
    const controller = new AbortController();
    const tunnel = Promise.withResolvers<boolean>();
    let port = 0;
    const openFlow = loopback((asked) => {
      port = asked;
      controller.abort(new Error('cancelled'));
      return tunnel.promise;
    });
    const { signal } = controller;
    await assert.rejects(run({}, { openFlow, signal }), /cancelled/);
    const uri = `http://127.0.0.1:${port}/callback`;
    assert.equal((await fetch(uri, { method: 'POST' })).status, 405);
    tunnel.resolve(true);
    await setImmediate();
    await assert.rejects(fetch(uri), TypeError);
  });

  it('listens before the browser opens, because Spotify answers at once after an earlier consent', async () => {
    const openBrowser = async (url: string) => {
      await fetch(url);
    };
    assert.equal((await run({ openBrowser })).account.label, 'Alva');
  });
});
