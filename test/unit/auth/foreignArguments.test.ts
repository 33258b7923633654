import assert from 'node:assert/strict';
import { AuthorizationCode, ClientCredentials, FileTokenCache } from '../../../src/auth/index.ts';

/** Calls a constructor or function as a program in JavaScript may. */
type Loose = new (...args: unknown[]) => object;
const [Code, App, Cache] = [AuthorizationCode, ClientCredentials, FileTokenCache] as unknown as [
  Loose,
  Loose,
  Loose,
];
const id = { clientId: 'id' };
const auth = () => new AuthorizationCode({ ...id, redirectUri: 'http://127.0.0.1/callback' });

describe('an argument as other languages have it', () => {
  const mistakes: [string, () => unknown, RegExp][] = [
    ["new FileTokenCache('mine.json')", () => new Cache('mine.json'), /FileTokenCache.*object/],
    ['new FileTokenCache({ path: 1 })', () => new Cache({ path: 1 }), /path must be a string/],
    ["new AuthorizationCode('id', 'secret')", () => new Code('id', 'secret', 'uri'), /object/],
    ["new ClientCredentials('id', 'secret')", () => new App('id', 'secret'), /object/],
    ['client_id', () => new Code({ client_id: 'id' }), /"client_id". Is "clientId" meant/],
    ['client_secret', () => new App({ ...id, client_secret: 's' }), /"clientSecret"/],
    ['redirect_uri', () => new Code({ ...id, redirect_uri: 'uri' }), /"redirectUri"/],
    ['scopes', () => new Code({ ...id, scopes: ['a'] }), /"scope"/],
    ['scope: null', () => new Code({ ...id, scope: null }), /scope must be a string or a list/],
    ['scope: [1]', () => new Code({ ...id, scope: [1] }), /scope must be/],
    ['clientId: 1', () => new Code({ clientId: 1 }), /clientId must be a string/],
    ["tokenCache: 'mine.json'", () => new Code({ ...id, tokenCache: 'x' }), /get and set/],
    ['fetch: {}', () => new Code({ ...id, fetch: {} }), /fetch must be a function/],
    ['null', () => new Code(null), /object/],
  ];
  for (const [what, call, message] of mistakes) {
    it(`is refused with what is wanted: ${what}`, () => {
      assert.throws(call, { name: 'ConfigurationError', message });
    });
  }

  const url = '?code=AQx&state=mine';
  const parse = (...args: unknown[]) =>
    AuthorizationCode.parseResponseUrl(...(args as [string, { expectedState: string }]));
  for (const [what, options] of [
    ['expected_state', { expected_state: 'mine' }],
    ['a state alone', 'mine'],
    ['nothing', undefined],
    ['no state', {}],
    ['null', null],
    ['a number', { expectedState: 1 }],
  ] as const) {
    it(`is refused by parseResponseUrl, which checks a state: ${what}`, () => {
      assert.throws(() => parse(url, options), { name: 'ConfigurationError' });
    });
  }

  it('is refused by the methods that wait', async () => {
    const loose = auth() as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const wrong = { name: 'ConfigurationError' };
    await assert.rejects(async () => loose['getAuthorizationUrl']?.('mine'), wrong);
    await assert.rejects(async () => loose['getAuthorizationUrl']?.({ show_dialog: true }), wrong);
    await assert.rejects(async () => loose['exchangeCode']?.('AQx', 'verifier'), wrong);
    await assert.rejects(async () => loose['exchangeCode']?.('AQx', { code_verifier: 'v' }), wrong);
  });
});

describe('the state of a response', () => {
  it('is refused by an instance that has no pending URL', () => {
    for (const url of ['?code=AQx&state=mine', '?code=AQx', '?code=AQx&state=']) {
      assert.throws(() => auth().parseResponseUrl(url), { name: 'StateMismatchError' });
    }
  });

  it('is refused if it is empty, and so is the expected one', () => {
    const options = { expectedState: '' };
    for (const url of ['?code=AQx&state=', '?code=AQx']) {
      const wrong = { name: 'StateMismatchError' };
      assert.throws(() => AuthorizationCode.parseResponseUrl(url, options), wrong);
      assert.throws(() => auth().parseResponseUrl(url, options), wrong);
    }
  });
});

describe('blanks, line ends and quotes around credentials', () => {
  const names = ['SPOTIFY_SDK_CLIENT_ID', 'SPOTIFY_SDK_CLIENT_SECRET', 'SPOTIFY_SDK_REDIRECT_URI'];
  const initial = { ...process.env };
  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, initial);
  });

  it('are cut off, in options and in the environment', async () => {
    const uri = 'http://127.0.0.1/callback';
    const given = new AuthorizationCode({ clientId: ' id\r\n', redirectUri: `\ufeff${uri} ` });
    process.env['SPOTIFY_SDK_CLIENT_ID'] = '\tid \n';
    process.env['SPOTIFY_SDK_REDIRECT_URI'] = ` ${uri}\r\n`;
    for (const { clientId, redirectUri } of [given, new AuthorizationCode({ clientId: ' ' })]) {
      assert.deepEqual([clientId, redirectUri], ['id', uri]);
    }
    const url = await given.getAuthorizationUrl({ redirectUri: ` ${uri}\n` });
    assert.equal(new URL(url).searchParams.get('redirect_uri'), uri);
  });

  it('are not sent with a secret', async () => {
    const sent: (string | null)[] = [];
    process.env['SPOTIFY_SDK_CLIENT_SECRET'] = 'secret\n';
    for (const clientSecret of [undefined, ' secret ']) {
      const app = new ClientCredentials({
        clientId: 'id',
        clientSecret,
        fetch: (_, { headers }) => {
          sent.push(new Headers(headers).get('authorization'));
          return Promise.resolve(
            Response.json({ access_token: 'BQ', token_type: 'Bearer', expires_in: 9 }),
          );
        },
      });
      await app.getAccessToken();
    }
    assert.deepEqual(sent, Array(2).fill(`Basic ${btoa('id:secret')}`));
  });

  for (const quoted of ['"abc"', "'abc'", ' “abc”\n', '`abc`']) {
    it(`are named in the error if they are quotes: ${quoted.trim()}`, () => {
      for (const name of names) {
        process.env['SPOTIFY_SDK_CLIENT_ID'] = 'id';
        process.env[name] = quoted;
        assert.throws(
          () => new AuthorizationCode(),
          (error: Error) => {
            assert.doesNotMatch(error.message, /abc/);
            return (
              error.name === 'ConfigurationError' && error.message.includes(`${name} has quotes`)
            );
          },
        );
        Reflect.deleteProperty(process.env, name);
      }
      assert.throws(() => new AuthorizationCode({ clientId: quoted }), /clientId has quotes/);
    });
  }
});
