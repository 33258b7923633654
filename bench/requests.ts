import type { Step } from './measurement.ts';

const NAMES = [
  [/\/api\/token$/, 'Spotify issues the token'],
  [/\/v1\/me$/, 'Spotify names the account'],
] as const;

/**
 * Notes the requests to Spotify’s two servers, from the call of `fetch` until the whole answer is here,
 * until it is disposed of. Their times are those of `performance.now()`.
 */
export class NotedRequests implements Disposable {
  readonly requests: Step[] = [];
  readonly #fetch = globalThis.fetch;

  constructor() {
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const name = NAMES.find(([pattern]) => pattern.test(url))?.[1];
      if (name === undefined) return this.#fetch(input, init);
      const begin = performance.now();
      const answer = await this.#fetch(input, init);
      const body = await answer.arrayBuffer();
      this.requests.push({ name, begin, end: performance.now() });
      return new Response(body, answer);
    };
  }

  /** How long the noted requests took together, in milliseconds. Forgets them. */
  take(): number {
    const taken = this.requests.splice(0);
    return taken.reduce((sum, { begin, end }) => sum + end - begin, 0);
  }

  [Symbol.dispose](): void {
    globalThis.fetch = this.#fetch;
  }
}
