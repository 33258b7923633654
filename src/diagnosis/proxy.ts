import type { ProxyVariables } from './machine.ts';

/** What a person or an administrator has set for the editor's requests. */
export interface ProxySettings {
  /** `http.proxy` */
  readonly proxy: string | undefined;
  /** `http.proxySupport` */
  readonly support: string | undefined;
}

/** The proxy that requests to Spotify should go through: nothing that tells whose it is. */
export interface ProxyFinding {
  readonly source: 'http.proxy' | 'HTTPS_PROXY' | 'HTTP_PROXY';
  /** Without its host and credentials: `http://…:3128`; undefined where it is no address. */
  readonly address: string | undefined;
  readonly hasCredentials: boolean;
  /** Whether the settings tell the editor not to use any. */
  readonly isOff: boolean;
}

/** In the order of VS Code. Undefined where none is named, though the system may know one. */
export function namedProxy(
  { proxy, support }: ProxySettings,
  environment: ProxyVariables,
): ProxyFinding | undefined {
  const variable = (name: string) => environment[name] || environment[name.toLowerCase()];
  const named = [
    ['http.proxy', proxy],
    ['HTTPS_PROXY', variable('HTTPS_PROXY')],
    ['HTTP_PROXY', variable('HTTP_PROXY')],
  ] as const;
  const [source, url] = named.find(([, text]) => text) ?? [];
  if (!source || !url) return undefined;
  return { source, ...describe(url), isOff: support === 'off' };
}

function describe(url: string): Pick<ProxyFinding, 'address' | 'hasCredentials'> {
  if (!URL.canParse(url)) return { address: undefined, hasCredentials: url.includes('@') };
  const { protocol, port, username, password } = new URL(url);
  const address = /^(https?|socks\w*):$/.test(protocol)
    ? `${protocol}//…${port && `:${port}`}`
    : undefined;
  return { address, hasCredentials: username !== '' || password !== '' };
}
