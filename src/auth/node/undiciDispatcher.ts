import type * as undiciModule from 'undici';
import type { EnvironmentProxy } from './environmentProxy.ts';

/** `send` has its own time limit. undici's would end a longer attempt. */
const UNLIMITED = { headersTimeout: 0, bodyTimeout: 0 };
/** Node gives each address of a name 250 ms. A slow one would never be reached. In milliseconds. */
const CONNECTING = { timeout: 15_000, autoSelectFamilyAttemptTimeout: 3000 };

/** Returns undici's dispatcher for the proxy, or a direct one. It trusts `ca` only if it is given. */
export function dispatcherFor(
  { Agent, buildConnector, ProxyAgent, Socks5ProxyAgent }: typeof undiciModule,
  proxy: EnvironmentProxy | undefined,
  ca: string[] | undefined,
): undiciModule.Dispatcher {
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
