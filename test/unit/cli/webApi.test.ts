import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpointsAt } from '../../../src/auth/endpoints.ts';
import { ConnectionError } from '../../../src/auth/errors.ts';
import { request } from '../../../src/cli/webApi.ts';

/** About src/cli/webApi.ts. */
describe('a request of spotify-auth', () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  let server: Server;
  afterEach(() => {
    AbortSignal.timeout = timeout;
    server.closeAllConnections();
    server.close();
  });

  /** Sends a request to a server that begins an answer, and breaks it off if wanted. */
  const send = async (isBroken: boolean, begun: () => void = () => undefined) => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('{', () => {
        begun();
        if (isBroken) response.destroy();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const servers = { accounts: endpointsAt(undefined), apiUrl, testServer: undefined };
    const provider = { getAccessToken: () => Promise.resolve('token') };
    const { signal } = new AbortController();
    return request('https://api.spotify.com/v1/me', {}, { provider, servers, signal });
  };
  const isConnectionError = (sentence: RegExp) => (error: Error) => {
    assert.ok(error instanceof ConnectionError);
    assert.match(error.message, sentence);
    return true;
  };

  it('fails like a broken connection if the answer breaks off', async () => {
    await assert.rejects(
      send(true),
      isConnectionError(/^Cannot reach 127\.0\.0\.1:\d+: the connection failed\.$/),
    );
  });

  it('says that the time is over if the answer is not complete by then', async () => {
    const end = new AbortController();
    AbortSignal.timeout = () => end.signal;
    const sent = send(false, () => end.abort(new Error('The time is over.')));
    await assert.rejects(sent, isConnectionError(/no complete answer within 60000 ms/));
  });
});
