import { ConfigurationError } from '../errors.ts';

/** A proxy that an environment variable names. */
export interface EnvironmentProxy {
  /** The name of the variable. Errors contain it, but never its value. */
  readonly variable: string;
  readonly scheme: 'http' | 'https' | 'socks5';
  /** Scheme, host and port. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** The variables by protocol of the requested URL. The first that is not empty counts, as in curl. */
const VARIABLES: Record<string, readonly string[]> = {
  // curl has no last two: undici takes them, so programs may rely on them.
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy', 'HTTP_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
};
/** What a value may name, and what undici calls it. */
const SCHEMES: Record<string, EnvironmentProxy['scheme']> = {
  http: 'http',
  https: 'https',
  socks5: 'socks5',
  socks5h: 'socks5',
};
const HTTPS_PORT = '443';
/** https://curl.se/docs/manpage.html#-x */
const USUAL_PORT = '1080';

/**
 * Returns the proxy for requests to `url`; undefined if the environment names none. A value may have
 * no scheme, then it is `http`, and no port. Names are resolved by a SOCKS proxy, not on this machine.
 * @throws ConfigurationError for a value that is not the URL of a proxy, or one of SOCKS 4.
 */
export function environmentProxy(
  { protocol }: URL,
  env: NodeJS.ProcessEnv,
): EnvironmentProxy | undefined {
  const variable = VARIABLES[protocol]?.find((name) => {
    // A CGI program has the header `Proxy` of its request in this variable (CVE-2016-5385).
    const isForged = name === 'HTTP_PROXY' && env['REQUEST_METHOD'] !== undefined;
    return env[name]?.trim() && !isForged;
  });
  return variable ? parseProxy(variable, env[variable]?.trim() ?? '') : undefined;
}

function parseProxy(variable: string, value: string): EnvironmentProxy {
  const [, given = 'http', rest = ''] = /^(?:([^:/@]*):\/\/)?(.*)$/s.exec(value) ?? [];
  const scheme = SCHEMES[given.toLowerCase()];
  if (!scheme) throw refusal(variable, 'Its scheme must be http, https, socks5 or socks5h.');
  try {
    const usualPort = scheme === 'https' ? HTTPS_PORT : USUAL_PORT;
    const { hostname, port, username, password } = parseAuthority(rest);
    return {
      variable,
      scheme,
      url: `${scheme}://${hostname}:${port || usualPort}`,
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
  } catch {
    throw refusal(
      variable,
      'It must be like http://host:port. Write special characters in its user name and password as %XX.',
    );
  }
}

/** Reads `user:password@host:port`, of which only the host must be there. Throws for another text. */
function parseAuthority(text: string): URL {
  // Of a scheme that it does not know, a `URL` keeps every port.
  const url = new URL(`proxy://${text}`);
  // A "/", "?" or "#" in a password ends the host before its "@".
  if (!url.hostname || `${url.pathname}${url.search}${url.hash}`.includes('@')) {
    throw new TypeError('not an address');
  }
  return url;
}

function refusal(variable: string, advice: string): ConfigurationError {
  return new ConfigurationError(`The variable ${variable} names no usable proxy. ${advice}`);
}
