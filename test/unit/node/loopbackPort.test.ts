import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tryLoopbackPort } from '../../../src/node/loopbackPort.ts';

describe('tryLoopbackPort', () => {
  it('tries the port of the redirect URI, or else any free one, and releases it', async () => {
    const host = '127.0.0.1';
    for (const redirectUri of [undefined, 'http://127.0.0.1/callback']) {
      assert.deepEqual(await tryLoopbackPort(redirectUri), { port: 0, fault: undefined });
    }
    const other = createServer().listen(0, host);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const redirectUri = `http://127.0.0.1:${port}/callback`;
    const taken = { port, fault: 'portInUse', code: 'EADDRINUSE' };
    assert.deepEqual(await tryLoopbackPort(redirectUri), taken);
    const onIpv6 = await tryLoopbackPort(`http://[::1]:${port}/callback`);
    assert.notEqual(onIpv6.fault, 'portInUse');
    other.close();
    await once(other, 'close');
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(await tryLoopbackPort(redirectUri), { port, fault: undefined });
    }
  });

  it('says why it cannot listen on an invalid port', async () => {
    const { fault, code } = await tryLoopbackPort('http://127.0.0.1:99999/callback');
    assert.equal(fault, 'cannotListen');
    assert.equal(code, 'ERR_SOCKET_BAD_PORT');
  });
});
