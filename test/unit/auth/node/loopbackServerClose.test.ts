import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mock } from 'node:test';
import { LoopbackServer } from '../../../../src/auth/node/loopbackServer.ts';
import { closed, get, open, send } from './loopbackClient.ts';

/** The clock of these tests, which only they advance. */
describe('the close of a LoopbackServer', () => {
  let server: LoopbackServer;
  let origin: string;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    server = await listen('http://127.0.0.1/callback');
    origin = new URL(server.redirectUri).origin;
  });

  afterEach(async () => {
    const over = server.close('failed');
    mock.timers.tick(5000);
    await over;
    mock.timers.reset();
  });

  const page = (kind: string) => `<p>${kind}</p>`;
  const listen = (redirectUri: string, lingerMs?: number) =>
    LoopbackServer.listen({ redirectUri, state: 'ours', page, ...(lingerMs && { lingerMs }) });
  const callback = () => get(`${origin}/callback?code=AQx&state=ours`);
  const tab = (path = '/done') =>
    send(origin, `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\n\r\n`);
  const assertFree = () => assert.rejects(callback(), /ECONNREFUSED/);

  it('is immediate when no callback came', async () => {
    await server.close('failed');
    await assertFree();
  });

  it('waits until the tab has the outcome', async () => {
    await callback();
    const done = tab();
    void server.close('signedIn');
    assert.match(await done, /signedIn/);
  });

  for (const outcome of ['signedIn', 'denied'] as const) {
    it(`leaves five seconds for repeated callbacks after "${outcome}"`, async () => {
      await callback();
      const over = server.close(outcome);
      assert.match(await tab(), new RegExp(outcome));
      mock.timers.tick(4999);
      assert.equal((await callback()).location, '/done?used');
      mock.timers.tick(1);
      await over;
      await assertFree();
    });
  }

  for (const outcome of ['failed', 'expired'] as const) {
    it(`ends when the tab has its page if the sign-in ${outcome}`, async () => {
      await callback();
      const waiting = tab();
      const over = server.close(outcome);
      assert.match(await waiting, new RegExp(outcome));
      await over;
      await assertFree();
    });
  }

  it('takes half a second after a failure if the tab does not load its page', async () => {
    await callback();
    const over = server.close('failed');
    mock.timers.tick(499);
    assert.equal((await callback()).location, '/done?used');
    mock.timers.tick(1);
    await over;
    await assertFree();
  });

  it('does not end early when the tab of a repeated callback has its page', async () => {
    await callback();
    const over = server.close('failed');
    assert.match(await tab('/done?used'), /used/);
    assert.match(await tab(), /failed/);
    await over;
  });

  it('shows that Spotify has answered if the outcome takes longer than five seconds', async () => {
    await callback();
    const waiting = tab();
    mock.timers.tick(5000);
    assert.match(await waiting, /received/);
  });

  it('closes idle connections', async () => {
    const idle = open(origin);
    await once(idle, 'connect');
    await callback();
    const over = server.close('signedIn');
    mock.timers.tick(5000);
    await over;
    await closed(idle);
  });

  it('ends after lingerMs also after a failure', async () => {
    await server.close('failed');
    server = await listen(server.redirectUri, 100);
    await callback();
    const over = server.close('failed');
    mock.timers.tick(100);
    await over;
  });

  it('does not end early for a sign-in on another port', async () => {
    await callback();
    const over = server.close('signedIn');
    const other = await listen('http://127.0.0.1/callback');
    await other.close('failed');
    assert.match(await tab(), /signedIn/);
    const another = await listen(other.redirectUri);
    assert.equal((await callback()).location, '/done?used');
    await another.close('failed');
    mock.timers.tick(5000);
    await over;
  });

  it('ends early for a sign-in with another path or name on the same port', async () => {
    for (const next of [`${origin}/another`, origin.replace('127.0.0.1', 'localhost')]) {
      await get(`${server.redirectUri}?code=AQx&state=ours`);
      const over = server.close('signedIn');
      assert.match(await tab(), /signedIn/);
      server = await listen(next);
      mock.timers.tick(5000);
      await over;
    }
  });

  it('ends early for the next sign-in on the same port', async () => {
    await callback();
    const over = server.close('signedIn');
    assert.match(await tab(), /signedIn/);
    server = await listen(server.redirectUri);
    assert.deepEqual(await callback(), { status: 303, location: '/done' });
    mock.timers.tick(5000);
    await over;
    assert.equal((await callback()).status, 303, 'the next one has been closed as well');
  });
});

describe('the close of a LoopbackServer after a failure', () => {
  for (const isShown of [true, false]) {
    it(`leaves no timer when the tab ${isShown ? 'has' : 'never asks for'} its page`, async () => {
      const redirectUri = 'http://127.0.0.1/callback';
      const server = await LoopbackServer.listen({ redirectUri, state: 'ours', page: String });
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
      const before = timers().length;
      await get(`${server.redirectUri}?code=AQx&state=ours`);
      const tab = isShown && get(new URL('/done', server.redirectUri).href);
      await get(new URL('/favicon.ico', server.redirectUri).href);
      const over = server.close('failed');
      await tab;
      await over;
      assert.equal(timers().length, before);
    });
  }
});
