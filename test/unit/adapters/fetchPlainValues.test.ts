import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';
import { createFetch } from '../../../src/adapters/vscode.ts';
import { API, CountingProvider } from './standInFetch.ts';

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** npm's undici has a `Request` of its own, and refuses that of Node. */
describe('createFetch with the fetch of npm’s undici', () => {
  const received: Received[] = [];
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      received.push({ request, body: Buffer.concat(chunks).toString() });
      const { status, headers = {} } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end('x'.repeat(1_000_000));
    });
  });
  const provider = new CountingProvider(() => 'BQ');
  const addresses: string[] = [];
  /** Sends requests for the Web API to the server, and keeps the addresses. */
  const base = ((url: string, init: RequestInit) => {
    addresses.push(url);
    const { port } = server.address() as AddressInfo;
    const { pathname } = new URL(url);
    return undiciFetch(`http://127.0.0.1:${port}${pathname}`, init as object);
  }) as unknown as typeof fetch;
  const send = createFetch(provider, { fetch: base });
  const last = () => received.at(-1);

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    received.length = addresses.length = answers.length = 0;
  });

  it('sends a Request of the host, with method, headers and body', async () => {
    const headers = { 'X-Mine': 'yes', 'Content-Type': 'application/json' };
    const request = new Request(`${API}/v1/x`, { method: 'PUT', headers, body: '{"a":1}' });
    assert.equal((await send(request)).status, 200);
    assert.equal(last()?.body, '{"a":1}');
    assert.equal(last()?.request.method, 'PUT');
    assert.equal(last()?.request.headers['x-mine'], 'yes');
    assert.equal(last()?.request.headers['content-type'], 'application/json');
    assert.equal(last()?.request.headers.authorization, 'Bearer BQ');
  });

  it('sends a URL with init, again after a 401, and keeps what only undici knows', async () => {
    answers.push({ status: 401 });
    const dispatcher = new Agent();
    const init: object = { method: 'POST', body: new URLSearchParams({ a: 'b' }), dispatcher };
    assert.equal((await send(new URL(`${API}/v1/x`), init as RequestInit)).status, 200);
    assert.deepEqual(
      received.map(({ body }) => body),
      ['a=b', 'a=b'],
    );
    await dispatcher.close();
  });

  it('sends a Request of the host to another origin, without a token', async () => {
    const asked = provider.asked;
    await send(new Request('https://other.example/x', { method: 'POST', body: 'b' }));
    assert.deepEqual(addresses, ['https://other.example/x']);
    assert.deepEqual([last()?.body, last()?.request.headers.authorization], ['b', undefined]);
    assert.equal(provider.asked, asked);
  });

  it('ends with the signal', async () => {
    const signal = AbortSignal.abort(new Error('changed my mind'));
    await assert.rejects(send(`${API}/v1/x`, { signal }), /changed my mind/);
  });

  it('drops the headers of one origin when it is redirected to another', async () => {
    answers.push({ status: 302, headers: { Location: 'https://other.example/y' } });
    const secret = { Cookie: 'a=b', 'Proxy-Authorization': 'Basic x', 'X-Mine': 'yes' };
    await send(`${API}/v1/x`, { headers: secret });
    assert.deepEqual(addresses, [`${API}/v1/x`, 'https://other.example/y']);
    const { headers } = last()?.request ?? {};
    assert.deepEqual(
      [headers?.cookie, headers?.['proxy-authorization'], headers?.authorization],
      [undefined, undefined, undefined],
    );
    assert.equal(headers?.['x-mine'], 'yes');
  });

  for (const location of ['data:text/plain,BQ', 'file:///etc/passwd', 'blob:https://a/b']) {
    it(`does not follow a redirect to ${location}`, async () => {
      answers.push({ status: 302, headers: { Location: location } });
      const response = await send(`${API}/v1/x`);
      assert.equal(response.headers.get('Location'), location);
      assert.equal(addresses.length, 1);
    });
  }

  it('does not wait for the end of an answer whose clone is not read', async () => {
    const clones: Response[] = [];
    const cloning: typeof fetch = async (input, init) => {
      const response = await base(input, init);
      clones.push(response.clone());
      return response;
    };
    answers.push({ status: 401 }, { status: 302, headers: { Location: '/v1/y' } });
    assert.equal((await createFetch(provider, { fetch: cloning })(`${API}/v1/x`)).status, 200);
    assert.equal(clones.length, 3);
  });
});
