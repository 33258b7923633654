/** Environment variables by name. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/** VS Code's settings that concern the proxy. */
export interface ProxySettings {
  /** VS Code's setting `http.proxy`. */
  readonly proxy: string | undefined;
  /** VS Code's setting `http.proxySupport`. */
  readonly support: string | undefined;
}

/** What the report tells about the proxy for requests to Spotify. It does not identify the user. */
export interface ProxyFinding {
  readonly source: 'http.proxy' | 'HTTPS_PROXY' | 'HTTP_PROXY';
  /** The proxy's URL without host and credentials, such as `http://…:3128`; undefined if invalid. */
  readonly address: string | undefined;
  readonly hasCredentials: boolean;
  /** Whether `http.proxySupport` is `off`, so that VS Code uses no proxy. */
  readonly isOff: boolean;
}

/**
 * Finds the configured proxy, in the order in which VS Code looks for it. Returns undefined if none is
 * configured; the operating system may still have a proxy.
 */
export function proxyFinding(
  { proxy, support }: ProxySettings,
  environment: ProxyVariables,
): ProxyFinding | undefined {
  const variable = (name: string) => environment[name] || environment[name.toLowerCase()];
  const candidates = [
    ['http.proxy', proxy],
    ['HTTPS_PROXY', variable('HTTPS_PROXY')],
    ['HTTP_PROXY', variable('HTTP_PROXY')],
  ] as const;
  const [source, url] = candidates.find(([, text]) => text) ?? [];
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
