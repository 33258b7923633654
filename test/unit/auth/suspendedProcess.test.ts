import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import { ConnectionError, type Fetch } from '../../../src/auth/index.ts';
import { send } from '../../../src/auth/transport.ts';

/** How long an attempt may take, in milliseconds. */
const LIMIT_MS = 50;

/** An answer that arrives at once. Like one from the network, it is read in several turns of the event loop. */
const arrived: Fetch = async () => new Response(await readFile(import.meta.filename));

/** Makes a request, then keeps this process from its timers and its answers for so long. */
function sendAndBlock(fetch: Fetch, ms: number): Promise<Response> {
  const sent = send('https://spotify.example/', {}, { fetch, timeoutMs: LIMIT_MS });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return sent;
}

describe('an attempt whose time limit ended while the process was suspended', () => {
  for (const lateMs of [1, 60, 450]) {
    it(`reads the answer that arrived meanwhile, ${lateMs} ms after the limit`, async () => {
      const { status } = await sendAndBlock(arrived, LIMIT_MS + lateMs);
      assert.equal(status, 200);
    });
  }

  it('waits for an answer that the network brings only after a long suspension', async () => {
    const late: Fetch = async () => {
      await immediate();
      await delay(200);
      return new Response();
    };
    const { status } = await sendAndBlock(late, LIMIT_MS + 600);
    assert.equal(status, 200);
  });

  it('fails all the same if there is no answer', async () => {
    const silent: Fetch = () => new Promise(() => undefined);
    await assert.rejects(sendAndBlock(silent, LIMIT_MS + 100), ConnectionError);
  });
});
