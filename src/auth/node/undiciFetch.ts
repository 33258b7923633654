import type { Fetch } from '../transport.ts';

let undici: Promise<Fetch> | undefined;

/** undici, obeying HTTP_PROXY, HTTPS_PROXY and NO_PROXY; loaded on first need. */
export const defaultFetch: Fetch = async (url, init) => {
  undici ??= import('undici').then(({ EnvHttpProxyAgent, fetch }) => {
    const limits = { connect: { timeout: 10_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 };
    const dispatcher = new EnvHttpProxyAgent(limits);
    const withProxy = (target: string, options: RequestInit) =>
      fetch(target, { ...(options as object), dispatcher }) as unknown as Promise<Response>;
    return withProxy;
  });
  return (await undici)(url, init);
};
