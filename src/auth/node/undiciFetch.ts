import type { Fetch } from '../transport.ts';

let undici: Promise<Fetch> | undefined;

/** undici, obeying HTTP_PROXY, HTTPS_PROXY and NO_PROXY; loaded on first need. */
export const defaultFetch: Fetch = async (url, init) => {
  undici ??= import('undici').then(({ EnvHttpProxyAgent, fetch }) => {
    // Each attempt has a time limit of its own; undici would cut a longer one short.
    const limits = { connect: { timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 };
    const dispatcher = new EnvHttpProxyAgent(limits);
    const withProxy = (target: string, options: RequestInit) =>
      fetch(target, { ...(options as object), dispatcher }) as unknown as Promise<Response>;
    return withProxy;
  });
  return (await undici)(url, init);
};
