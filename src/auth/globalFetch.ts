import type { Fetch } from './transport.ts';

/**
 * The default in an extension host: only `globalThis.fetch` uses the user's proxy and certificates
 * there, and loading undici would change the `fetch` of every extension.
 */
export const defaultFetch: Fetch = (url, init) => globalThis.fetch(url, init);
