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
const SCHEMES = ['http', 'https', 'socks5', 'socks5h'];
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
  const named = given.toLowerCase();
  if (!SCHEMES.includes(named)) {
    throw refusal(variable, 'Its scheme must be http, https, socks5 or socks5h.');
  }
  const scheme = named === 'https' ? 'https' : named === 'http' ? 'http' : 'socks5';
  const [plain, secure] = [`http://${rest}`, `https://${rest}`];
  if (!URL.canParse(plain)) throw notAnUrl(variable);
  const { hostname, username, password, pathname, search, hash } = new URL(plain);
  // A "/", "?" or "#" in a password ends the host before its "@".
  if (`${pathname}${search}${hash}`.includes('@')) throw notAnUrl(variable);
  // A `URL` drops the port that is the usual one of its scheme.
  const port = new URL(plain).port || new URL(secure).port;
  const usual = scheme === 'https' ? HTTPS_PORT : USUAL_PORT;
  return {
    variable,
    scheme,
    url: `${scheme}://${hostname}:${port || usual}`,
    username: decoded(username, variable),
    password: decoded(password, variable),
  };
}

function decoded(text: string, variable: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notAnUrl(variable);
  }
}

function notAnUrl(variable: string): ConfigurationError {
  return refusal(
    variable,
    'It must be like http://host:port. Write special characters in its user name and password as %XX.',
  );
}

function refusal(variable: string, advice: string): ConfigurationError {
  return new ConfigurationError(`The variable ${variable} names no usable proxy. ${advice}`);
}
