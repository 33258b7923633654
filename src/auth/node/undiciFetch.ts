import type * as undiciModule from 'undici';
import { ConfigurationError } from '../errors.ts';
import { type Fetch, ProxyConnectionError } from '../transport.ts';
import { environmentCertificates } from './environmentCertificates.ts';
import { environmentProxy } from './environmentProxy.ts';
import { isExempt } from './noProxy.ts';

type Undici = typeof undiciModule;

let loaded: Promise<Undici | undefined> | undefined;
/** By proxy and certificates. */
const dispatchers = new Map<string, undiciModule.Dispatcher>();

/**
 * The default in Node: undici, loaded on first use, with the proxies and certificates of the
 * environment: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`. Undici is an
 * optional peer of the package. Without it, the request is made by Node itself, which ignores them.
 * @throws ConfigurationError for a variable that it cannot follow. Some systems always set `SSL_CERT_FILE`,
 * so without undici it counts only if Node refuses the server's certificate.
 */
export const defaultFetch: Fetch = async (url, init) => {
  const target = new URL(url);
  const { env } = process;
  const proxy = isExempt(target, env) ? undefined : environmentProxy(target, env);
  const ca = await environmentCertificates(env);
  const undici = await (loaded ??= import('undici').catch(() => undefined));
  if (!undici) {
    if (proxy) throw needsUndici(proxy.variable);
    return fetch(url, init).catch((error: unknown) => {
      throw ca && isAboutCertificate(error) ? needsUndici('SSL_CERT_FILE', error) : error;
    });
  }
  const { dispatcherFor } = await import('./undiciDispatcher.ts');
  const key = JSON.stringify([proxy, ca]);
  const dispatcher = dispatchers.get(key) ?? dispatcherFor(undici, proxy, ca);
  dispatchers.set(key, dispatcher);
  try {
    const response: unknown = await undici.fetch(url, { ...(init as object), dispatcher });
    return response as Response;
  } catch (error) {
    throw proxy ? new ProxyConnectionError(proxy.variable, error) : error;
  }
};

const needsUndici = (variable: string, cause?: unknown) =>
  new ConfigurationError(
    `The variable ${variable} needs the npm package undici: install undici@7.`,
    { cause },
  );

/** Whether Node's `fetch` failed since no authority that it knows has signed the server's certificate. */
function isAboutCertificate(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return /CERT|ISSUER|SIGNATURE/.test(String(cause?.code));
}
