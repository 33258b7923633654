import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultFetch } from '../../../src/auth/node/undiciFetch.ts';
import { type Fetch, send } from '../../../src/auth/transport.ts';
import { until } from '../sessions/until.ts';

/** undici's timers. Its own tests advance them with `tick`. */
const UNDICI_TIMERS = 'undici/lib/util/timers.js';

const MIB = 1024 * 1024;

const clients: [string, Fetch][] = [
  ['the fetch of the host', (url, init) => fetch(url, init)],
  ['the fetch of undici', defaultFetch],
];
for (const [name, client] of clients) {
  describe(`the body of an answer, by ${name}`, () => {
    let server: Server | undefined;

    afterEach(() => {
      server?.close();
      server?.closeAllConnections();
    });

    /** Sends a request to a server that answers with `answer`. */
    async function ask(
      answer: RequestListener,
      timeoutMs = 15_000,
      fetch = client,
    ): Promise<Response> {
      server = createServer(answer).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return send(`http://127.0.0.1:${port}/`, {}, { fetch, timeoutMs });
    }

    it('is cut off at 1 MiB, and the rest is not loaded', async () => {
      let isClosed = false;
      const response = await ask((_, endless) => {
        endless.on('close', () => (isClosed = true));
        writeOn(endless, Buffer.alloc(1000, 'x'));
      });
      assert.equal((await response.text()).length, MIB);
      await until(() => isClosed);
    });

    it('is cut off at 1 MiB also if a clone of the answer is not read', async () => {
      const clones: Response[] = [];
      const cloning: Fetch = async (url, init) => {
        const response = await client(url, init);
        clones.push(response.clone());
        return response;
      };
      const endless: RequestListener = (_, answer) => writeOn(answer, Buffer.alloc(1000, 'x'));
      const response = await ask(endless, 5000, cloning);
      assert.equal((await response.text()).length, MIB);
      clones[0]?.body?.cancel().catch(() => undefined);
    });

    it('is complete up to 1 MiB', async () => {
      const text = 'x'.repeat(MIB);
      const response = await ask((_, answer) => answer.end(text));
      assert.equal(await response.text(), text);
    });

    it('keeps characters whose bytes arrive one by one', async () => {
      const text = '“ä€🎧”'.repeat(10);
      const response = await ask((_, answer) => {
        const bytes = [...Buffer.from(text)];
        const writeNext = (): void => {
          const byte = bytes.shift();
          if (byte === undefined) answer.end();
          else answer.write(Buffer.of(byte), () => setImmediate(writeNext));
        };
        writeNext();
      });
      assert.equal(await response.text(), text);
    });

    it('is empty if the answer has none, with status and headers', async () => {
      const response = await ask((_, answer) => answer.writeHead(204, { 'X-Name': 'a' }).end());
      assert.deepEqual([response.status, response.headers.get('X-Name')], [204, 'a']);
      assert.equal(await response.text(), '');
    });

    it('is a ConnectionError if it breaks off or does not end in time', async () => {
      const breaking = ask((_, answer) => {
        answer.write('x', () => answer.destroy());
      });
      await assert.rejects(breaking, { name: 'ConnectionError', message: /connection failed/ });
      const lasting = ask((_, answer) => void answer.write('x'), 50);
      await assert.rejects(lasting, { name: 'ConnectionError', message: /within 50 ms/ });
    });
  });
}

/** About src/auth/transport.ts. */
describe('an answer that does not end', () => {
  it('ends at the time limit also if fetch ignores signals', async () => {
    const server = createServer((_, answer) => void answer.write('x')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const deaf: Fetch = (url, init) => fetch(url, { ...init, signal: null });
    const lasting = send(`http://127.0.0.1:${port}/`, {}, { fetch: deaf, timeoutMs: 50 });
    await assert.rejects(lasting, { name: 'ConnectionError', message: /within 50 ms/ });
    server.close();
    server.closeAllConnections();
  });
});

describe('the fetch of undici', () => {
  it('has no time limit, so that an attempt may have any limit', async () => {
    const { default: timers } = (await import(UNDICI_TIMERS)) as {
      default: { tick(ms: number): void };
    };
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asking = defaultFetch(`http://127.0.0.1:${port}/`, {});
    const [, answer] = (await once(server, 'request')) as [unknown, ServerResponse];
    for (let minutes = 0; minutes < 10; minutes++) timers.tick(60_000);
    answer.write('slow');
    const response = await asking;
    for (let minutes = 0; minutes < 10; minutes++) timers.tick(60_000);
    answer.end('ly');
    assert.equal(await response.text(), 'slowly');
    server.close();
  });
});

describe('the body of an answer, in pieces of any size', () => {
  for (const size of [1000, MIB - 1, MIB, 2 * MIB]) {
    it(`is cut off at 1 MiB: pieces of ${size} bytes`, async () => {
      let pieces = 0;
      let cancels = 0;
      const endless = new ReadableStream({
        pull: (controller) => {
          pieces++;
          controller.enqueue(new Uint8Array(size).fill(0x78));
        },
        cancel: () => {
          cancels++;
        },
      });
      const client: Fetch = () => Promise.resolve(new Response(endless));
      const response = await send('http://127.0.0.1/', {}, { fetch: client, timeoutMs: 1000 });
      assert.equal(await response.text(), 'x'.repeat(MIB));
      // A stream reads one piece more than its reader has asked for.
      assert.ok(pieces <= Math.ceil(MIB / size) + 1, `${pieces} pieces`);
      assert.equal(cancels, 1);
    });
  }

  it('is cut off at 1 MiB also if the rest cannot be cancelled', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(MIB).fill(0x78)),
      cancel: () => Promise.reject(new Error('not possible')),
    });
    const client: Fetch = () => Promise.resolve(new Response(endless));
    const response = await send('http://127.0.0.1/', {}, { fetch: client, timeoutMs: 1000 });
    assert.equal(await response.text(), 'x'.repeat(MIB));
  });
});

/** Writes without end, as fast as the client reads. */
function writeOn(response: ServerResponse, chunk: Buffer): void {
  while (response.write(chunk));
  response.once('drain', () => writeOn(response, chunk));
}
