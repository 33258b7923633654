import type { Fetch } from '../transport.ts';

/**
 * The default in Node: undici, loaded on first use, with the proxies and certificates of the
 * environment: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`.
 * @throws ConfigurationError for a variable that it cannot follow.
 */
export const defaultFetch: Fetch = async (url, init) => {
  const { environmentFetch } = await import('./environmentFetch.ts');
  return environmentFetch(url, init);
};
