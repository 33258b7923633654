import type { Fetch } from './transport.ts';

/**
 * The one of whoever runs us. In an extension host that is the only one which obeys the user's proxy
 * and certificates, and to load undici there would change every extension's `fetch`.
 */
export const defaultFetch: Fetch = (url, init) => globalThis.fetch(url, init);
