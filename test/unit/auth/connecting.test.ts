import assert from 'node:assert/strict';
import dns, { type LookupAddress } from 'node:dns';
import { mock } from 'node:test';
import { Agent, fetch as undiciFetch } from 'undici';
import { ConnectionError, type Fetch } from '../../../src/auth/index.ts';
import { defaultFetch } from '../../../src/auth/node/undiciFetch.ts';
import { send } from '../../../src/auth/transport.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';
import { type SlowServer, startSlowServer } from './slowServer.ts';

const redirectUri = 'http://127.0.0.1:5000/callback';
/** A name whose A record is that of a slow server, and whose AAAA record leads nowhere (RFC 6666). */
const NAME = 'slow.example';
const RECORDS: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '100::1', family: 6 },
];

/** Makes Node's own lookup know one name, which no other test uses. */
function addName(): void {
  const { lookup } = dns;
  type Callback = (error: Error | null, found: LookupAddress[]) => void;
  const known = (name: string, options: object, callback: Callback) => {
    if (name === NAME) setImmediate(callback, null, RECORDS);
    else lookup(name, options as { all: true }, callback);
  };
  mock.method(dns, 'lookup', known as typeof lookup);
}

describe('a server that needs a second to accept a connection', () => {
  let server: SlowServer;

  beforeEach(async function () {
    if (process.platform !== 'linux') {
      console.log('    skipped: only Linux drops connections that exceed the backlog');
      this.skip();
    }
    server = await startSlowServer();
    addName();
  });
  afterEach(() => {
    mock.restoreAll();
    server.close();
  });

  it('is reached, although the other address of its name leads nowhere', async () => {
    const response = await defaultFetch(`http://${NAME}:${server.port}/`, {});
    assert.equal(await response.text(), 'slow');
  });

  it('has not received the request if Node’s time limit for each address ends the attempts', async () => {
    const url = `http://${NAME}:${server.port}/`;
    const impatient = new Agent({ connect: { autoSelectFamilyAttemptTimeout: 250 } });
    const error = await send(url, {}, { fetch: by(impatient), timeoutMs: 15_000 }).catch(
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConnectionError);
    assert.equal(error.mayHaveReachedServer, false);
  });
});

/** Makes the requests with a dispatcher of undici. */
function by(dispatcher: Agent): Fetch {
  return (url, init) => undiciFetch(url, { ...(init as object), dispatcher });
}

describe('after a connection error, the exchange of a code', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());
  beforeEach(() => spotify.requests.clear());

  /** Signs in. The first request is made by `failing`. */
  async function signIn(failing: Fetch): Promise<void> {
    let attempts = 0;
    const client: Fetch = (url, init) => (attempts++ ? fetch(url, init) : failing(url, init));
    const auth = publicClient(spotify, app, { redirectUri, maxRetries: 1, fetch: client });
    const url = await auth.getAuthorizationUrl();
    const { headers } = await fetch(url, { redirect: 'manual' });
    await auth.exchangeCode(auth.parseResponseUrl(headers.get('location') ?? ''));
    assert.equal(attempts, 2);
  }

  /** An address of documentation (RFC 5737) is no address of this machine. */
  const foreign = new Agent({ localAddress: '192.0.2.1' });
  it('is repeated if the connection cannot have a local address', () => signIn(by(foreign)));

  const failure = (syscall: string | undefined, code: string) =>
    Object.assign(new Error(`${syscall} ${code}`), { code, ...(syscall && { syscall }) });
  const failing =
    (cause: Error): Fetch =>
    () =>
      Promise.reject(new TypeError('fetch failed', { cause }));

  for (const [what, cause] of [
    ['connect ETIMEDOUT', failure('connect', 'ETIMEDOUT')],
    ['connect ENETDOWN', failure('connect', 'ENETDOWN')],
    ['ENETDOWN without a system call', failure(undefined, 'ENETDOWN')],
    ['getaddrinfo ENOTFOUND', failure('getaddrinfo', 'ENOTFOUND')],
    [
      'failures to connect to each address',
      new AggregateError([failure('connect', 'ETIMEDOUT'), failure('connect', 'EACCES')]),
    ],
    ['a proxy’s refusal to connect', new Error('Proxy response (407) !== 200 when HTTP Tunneling')],
  ] as const) {
    it(`is repeated: ${what}`, () => signIn(failing(cause)));
  }

  for (const [what, cause] of [
    ['read ETIMEDOUT', failure('read', 'ETIMEDOUT')],
    ['ETIMEDOUT without a system call', failure(undefined, 'ETIMEDOUT')],
    ['read EHOSTUNREACH', failure('read', 'EHOSTUNREACH')],
    ['write ENETDOWN', failure('write', 'ENETDOWN')],
    [
      'failures of which one may have come after the connection',
      new AggregateError([failure('connect', 'ECONNREFUSED'), failure('read', 'ECONNRESET')]),
    ],
    ['several failures that are not named', new AggregateError([])],
  ] as const) {
    it(`is not repeated: ${what}`, async () => {
      await assert.rejects(signIn(failing(cause)), { mayHaveReachedServer: true });
      assert.equal(spotify.requests.count('token'), 0);
    });
  }
});
