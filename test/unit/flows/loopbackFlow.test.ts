import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ConfigurationError, ConnectionError } from '../../../src/auth/errors.ts';
import { FlowUnavailableError } from '../../../src/flows/flow.ts';
import { loopbackFlow } from '../../../src/flows/loopbackFlow.ts';
import { loopback, SignInScene } from '../signIn/signInScene.ts';

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === '::1');

/** A port of 127.0.0.1 that another program listens on, until it is closed. */
async function occupyPort(port = 0): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/** Expects that the flow at `port` is unavailable; for the reason `fault`, if it is given. */
const isUnavailable = (port: number, fault?: string) => (error: unknown) => {
  assert.ok(error instanceof FlowUnavailableError);
  assert.deepEqual([error.port, error.fault], [port, fault ?? error.fault]);
  return true;
};

describe('a sign-in by a loopback address', () => {
  let scene: SignInScene;

  before(async () => {
    scene = await SignInScene.set('http://127.0.0.1/callback', 'http://[::1]/callback');
  });
  after(() => scene.close());
  beforeEach(() => (scene.opened.length = 0));

  const run = (redirectUri: string) =>
    scene.signIn({
      openFlow: loopback(),
      redirectUri,
      browse: (url) => void fetch(url),
    });

  it('names the busy port of the settings, and opens no browser', async () => {
    const { port, server } = await occupyPort();
    await assert.rejects(
      run(`http://127.0.0.1:${port}/callback`),
      isUnavailable(port, 'portInUse'),
    );
    assert.deepEqual(scene.opened, []);
    server.close();
  });

  it('fails at a redirect URI of another computer, with no word about a port', async () => {
    await assert.rejects(run('https://app.example/callback'), ConfigurationError);
    assert.deepEqual(scene.opened, []);
  });

  for (const [redirectUri, port, fault] of [
    ['http://127.0.0.1:50000/callback', 50000, 'portReserved'],
    ['http://127.0.0.1/callback', 0, 'cannotListen'],
  ] as const) {
    it(`says ${fault} if the system forbids port ${port}`, async () => {
      const cause = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
      const openFlow = loopbackFlow({
        listen: () => Promise.reject(new ConnectionError('Cannot listen.', cause)),
        isForwarded: () => Promise.resolve(true),
        loadPage: () => Promise.resolve(() => ''),
      });
      await assert.rejects(openFlow({ state: 'x', redirectUri }), isUnavailable(port, fault));
    });
  }

  it('names port 80, which a URL may leave out', async () => {
    // If the test may not listen at port 80, the sign-in may not either.
    const occupied = await occupyPort(80).catch(() => undefined);
    await assert.rejects(run('http://127.0.0.1:80/callback'), isUnavailable(80));
    occupied?.server.close();
  });

  it('receives the callback at the port of the settings', async () => {
    const { port, server } = await occupyPort();
    server.close();
    await once(server, 'close');
    const uri = `http://127.0.0.1:${port}/callback`;
    scene.app.redirectUris.push(uri);
    await run(uri);
    assert.equal(scene.redirectUris.exchanged.at(-1), uri);
  });

  for (const [what, isForwarded, rejection] of [
    ['is not forwarded', () => Promise.resolve(false), /notForwarded/],
    ['cannot be checked for forwarding', () => Promise.reject(new Error('no tunnel')), /no tunnel/],
  ] as const) {
    it(`frees its port if the port ${what}, and opens no browser`, async () => {
      let port = 0;
      const remember = (asked: number) => {
        port = asked;
        return isForwarded();
      };
      await assert.rejects(
        scene.signIn({ openFlow: loopback(remember) }),
        (error) => error instanceof Error && rejection.test(error.message),
      );
      assert.deepEqual(scene.opened, []);
      await assert.rejects(fetch(`http://127.0.0.1:${port}/callback`), TypeError);
    });
  }

  it('receives the callback at [::1] if the settings say so', async function () {
    if (!hasIpv6) {
      console.log('      This machine has no IPv6 loopback address.');
      this.skip();
    }
    assert.equal((await run('http://[::1]/callback')).account.label, 'Alva');
    assert.match(scene.redirectUris.exchanged.at(-1) ?? '', /^http:\/\/\[::1\]:\d+\/callback$/);
  });

  it('says that it cannot listen if there is no IPv6', async function () {
    if (hasIpv6) {
      console.log('      This machine has an IPv6 loopback address.');
      this.skip();
    }
    await assert.rejects(run('http://[::1]/callback'), isUnavailable(0, 'cannotListen'));
  });
});
