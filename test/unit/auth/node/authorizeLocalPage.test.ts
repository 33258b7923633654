import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { authorizeLocal } from '../../../../src/auth/index.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';
import { LocalSignIn } from './localSignIn.ts';
import { get } from './loopbackClient.ts';

const library = new URL('../../../../src/auth/index.ts', import.meta.url).href;
/** A program that ends at once when the sign-in is over. */
const program = `
  const [library, accountsUrl, clientId] = process.argv.slice(1);
  const { AuthorizationCode, authorizeLocal, endpointsAt } = await import(library);
  const redirectUri = 'http://127.0.0.1/callback';
  const endpoints = endpointsAt(accountsUrl);
  const auth = new AuthorizationCode({ clientId, clientSecret: null, redirectUri, endpoints, maxRetries: 0 });
  const options = { openBrowser: false, authorizationUrlHandler: console.log };
  await authorizeLocal(auth, options).catch((error) => console.log(error.name));
  process.exit();
`;

/** About src/auth/node/authorizeLocal.ts. */
describe('the page of a sign-in', () => {
  let spotify: Spotify;
  let signIn: LocalSignIn;

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  beforeEach(() => (signIn = new LocalSignIn(spotify)));
  afterEach(() => spotify.faults.clear());

  /** Runs the program and visits the URL that it prints. Returns the tab's page and the output. */
  async function visitProgram(): Promise<{ page: string; output: string }> {
    const args = ['--input-type=module', '--eval', program, library, spotify.accountsUrl];
    const running = promisify(execFile)(process.execPath, [...args, signIn.app.clientId]);
    let tab = Promise.resolve('no page');
    running.child.stdout?.once('data', (url) => {
      const visit = fetch(String(url).trim()).then((page) => page.text());
      tab = visit.catch((error: unknown) => String(error));
    });
    const { stdout } = await running;
    return { page: await tab, output: stdout };
  }

  it('is delivered before the program can end, if the user declines', async () => {
    spotify.behaviour.consent = 'deny';
    const { page, output } = await visitProgram();
    assert.match(page, /Access was declined/);
    assert.match(output, /AuthorizationDeniedError/);
  });

  it('is delivered before the program can end, if the exchange fails', async () => {
    spotify.faults.next(1, { on: 'token', status: 503 });
    const { page, output } = await visitProgram();
    assert.match(page, /The sign-in failed/);
    assert.match(output, /ServerError/);
  });

  it('is delivered before the program can end, if the user signs in', async () => {
    assert.match((await visitProgram()).page, /Signed in to Spotify/);
  });

  for (const [consent, kind] of [
    ['deny', 'fails'],
    [{ agreeAs: 'alva' }, 'succeeds'],
  ] as const) {
    it(`delays a sign-in that ${kind} by a second at most if the tab never asks for it`, async () => {
      spotify.behaviour.consent = consent;
      let answered = 0;
      const authorizationUrlHandler = async (url: string) => {
        const callback = (await get(url)).location ?? '';
        answered = performance.now();
        await get(callback);
      };
      const options = { openBrowser: false, authorizationUrlHandler };
      await authorizeLocal(signIn.client(), options).catch(() => undefined);
      const waited = performance.now() - answered;
      assert.ok(waited > 400 && waited < 1500, `${waited} ms`);
    });
  }
});
