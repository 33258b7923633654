import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { authorizeLocal, type AuthorizeLocalOptions } from '../../../../src/auth/index.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';
import { warningsDuring } from '../warnings.ts';
import { LocalSignIn } from './localSignIn.ts';

/** About src/auth/node/authorizeLocal.ts. */
describe('an option of authorizeLocal', () => {
  let spotify: Spotify;
  let signIn: LocalSignIn;

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    signIn = new LocalSignIn(spotify);
  });
  afterEach(() => spotify.faults.clear());

  const sign = (options: AuthorizeLocalOptions = {}) =>
    authorizeLocal(signIn.client(), { ...signIn.browser, ...options });
  const asked = (parameter: string) => spotify.requests.to('authorize')[0]?.query.get(parameter);

  it('is the state to send, which is random by default', async () => {
    await sign({ state: 'mine' });
    assert.equal(asked('state'), 'mine');
    spotify.requests.clear();
    await sign();
    assert.match(asked('state') ?? '', /^[\w-]{43}$/);
  });

  it('is whether to show the consent page always, which is false by default', async () => {
    await sign({ showDialog: true });
    assert.equal(asked('show_dialog'), 'true');
    spotify.requests.clear();
    await sign();
    assert.equal(asked('show_dialog'), null);
  });

  it('is the page that the tab shows at the end', async () => {
    await sign({ page: (kind) => `<p>My page: ${kind}</p>` });
    assert.equal(await signIn.tab, '<p>My page: signedIn</p>');
  });

  for (const [fails, page, reason] of [
    ['throws', () => assert.fail('no template'), 'AssertionError [ERR_ASSERTION]: no template'],
    ['rejects', () => Promise.reject(new Error('no template')), 'It must return a string.'],
    ['returns no text', () => undefined, 'It must return a string.'],
  ] as const) {
    it(`is a page that ${fails}: the tab shows the plain one, and one warning comes`, async () => {
      const authorizationUrlHandler = async (url: string) => {
        const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
        const foreign = await fetch(`${redirectUri}?code=AQx&state=foreign`);
        assert.match(await foreign.text(), /No sign-in is waiting/);
        signIn.browser.authorizationUrlHandler(url);
      };
      const options = { authorizationUrlHandler, page: page as () => string };
      const warnings = await warningsDuring(() => sign(options));
      assert.match(await signIn.tab, /Signed in to Spotify/);
      const warning = `The option page failed, so the tab shows a plain page. ${reason}`;
      assert.deepEqual(warnings, [warning]);
    });
  }

  it('is a handler whose error ends the sign-in, whether it throws or rejects', async () => {
    const fail = () => assert.fail('no way to show it');
    const reject = () => Promise.reject(new Error('no way to show it'));
    for (const authorizationUrlHandler of [fail, reject]) {
      await assert.rejects(sign({ authorizationUrlHandler }), /no way to show it/);
    }
  });

  it('is a handler whose error after the callback changes nothing', async () => {
    const authorizationUrlHandler = async (url: string) => {
      await fetch(url);
      throw new Error('too late');
    };
    assert.ok(await sign({ authorizationUrlHandler }));
  });

  it('is the time limit, five minutes by default', async () => {
    const { mock: timeout } = mock.method(AbortSignal, 'timeout');
    try {
      await sign();
      assert.deepEqual(timeout.calls[0]?.arguments, [300_000]);
    } finally {
      timeout.restore();
    }
  });

  it('is a handler that may still be running when the callback comes', async () => {
    const authorizationUrlHandler = (url: string) => {
      signIn.browser.authorizationUrlHandler(url);
      return new Promise<void>(() => undefined);
    };
    assert.ok(await sign({ authorizationUrlHandler }));
  });

  it('has the spelling and the type of this language, before anything is opened', async () => {
    for (const [options, message] of [
      [{ show_dialog: true }, /authorizeLocal has no option "show_dialog". Is "showDialog" meant/],
      [{ state: 1 }, /state must be a string/],
      [{ page: '<p>Done</p>' }, /page must be a function/],
      [{ authorizationUrlHandler: 'print' }, /authorizationUrlHandler must be a function/],
      [{ paste: 'always' }, /paste must be 'auto', true or false/],
    ] as const) {
      const foreign = options as unknown as AuthorizeLocalOptions;
      await assert.rejects(sign(foreign), { name: 'ConfigurationError', message });
    }
    assert.equal(spotify.requests.count('authorize'), 0);
  });

  it('is a signal, which ends the exchange, too', async () => {
    const giveUp = new AbortController();
    spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
    const signing = sign({ signal: giveUp.signal });
    while (spotify.requests.count('token') === 0) await setImmediate();
    giveUp.abort(new Error('changed my mind'));
    await assert.rejects(signing, /changed my mind/);
    assert.match(await signIn.tab, /cancelled/);
    assert.equal(signIn.tokenCache.get(), undefined);
  });
});
