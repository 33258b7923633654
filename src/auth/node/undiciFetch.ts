import type { Fetch } from '../transport.ts';

let undici: Promise<Fetch> | undefined;

/** The default in Node: undici, loaded on first use, with HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
export const defaultFetch: Fetch = async (url, init) => {
  undici ??= import('undici').then(({ EnvHttpProxyAgent, fetch }) => {
    // `send` has its own time limit. Undici's would end a longer attempt.
    const limits = { connect: { timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 };
    const dispatcher = new EnvHttpProxyAgent(limits);
    const withProxy = (target: string, options: RequestInit) =>
      fetch(target, { ...(options as object), dispatcher }) as unknown as Promise<Response>;
    return withProxy;
  });
  return (await undici)(url, init);
};
