import type * as undiciModule from 'undici';
import { type Fetch, ProxyConnectionError } from '../transport.ts';
import { environmentCertificates } from './environmentCertificates.ts';
import { environmentProxy, type EnvironmentProxy } from './environmentProxy.ts';
import { isExempt } from './noProxy.ts';

type Undici = typeof undiciModule;
type Dispatcher = undiciModule.Dispatcher;

/** `send` has its own time limit. undici's would end a longer attempt. */
const UNLIMITED = { headersTimeout: 0, bodyTimeout: 0 };
/** Node gives each address of a name 250 ms. A slow one would never be reached. In milliseconds. */
const CONNECTING = { timeout: 15_000, autoSelectFamilyAttemptTimeout: 3000 };

let loaded: Promise<Undici> | undefined;
/** By proxy and certificates. */
const dispatchers = new Map<string, Dispatcher>();

/**
 * The default in Node: undici, loaded on first use, with the proxies and certificates of the
 * environment: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`.
 * @throws ConfigurationError for a variable that it cannot follow.
 */
export const defaultFetch: Fetch = async (url, init) => {
  const target = new URL(url);
  const { env } = process;
  const proxy = isExempt(target, env) ? undefined : environmentProxy(target, env);
  const ca = await environmentCertificates(env);
  const undici = await (loaded ??= import('undici'));
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

function dispatcherFor(
  { Agent, buildConnector, ProxyAgent, Socks5ProxyAgent }: Undici,
  proxy: EnvironmentProxy | undefined,
  ca: string[] | undefined,
): Dispatcher {
  const connect = { ...CONNECTING, ...(ca && { ca }) };
  if (!proxy) return new Agent({ ...UNLIMITED, connect });
  const { scheme, url: uri, username, password } = proxy;
  if (scheme === 'socks5') {
    // undici reads `requestTls`, which its types leave out.
    const options = { username, password, requestTls: connect, connect: buildConnector(connect) };
    return new Socks5ProxyAgent(uri, options);
  }
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return new ProxyAgent({
    ...UNLIMITED,
    ...((username || password) && { token: `Basic ${credentials}` }),
    uri,
    proxyTls: connect,
    requestTls: connect,
  });
}
