import { ConfigurationError } from './errors.ts';

/** The credentials of an app, as options. */
export interface CredentialOptions {
  /** The app's client ID; `SPOTIFY_SDK_CLIENT_ID` by default. */
  readonly clientId?: string | undefined;
  /**
   * The app's client secret; `SPOTIFY_SDK_CLIENT_SECRET` by default. `null` means no secret, even if the
   * environment has one.
   */
  readonly clientSecret?: string | null | undefined;
  /** One of the redirect URIs of the app; `SPOTIFY_SDK_REDIRECT_URI` by default. */
  readonly redirectUri?: string | undefined;
}

/** The credentials to use. */
interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly redirectUri: string | undefined;
}

const VARIABLES = {
  clientId: 'SPOTIFY_SDK_CLIENT_ID',
  clientSecret: 'SPOTIFY_SDK_CLIENT_SECRET',
  redirectUri: 'SPOTIFY_SDK_REDIRECT_URI',
};

/**
 * Returns the options, and in place of those that are missing or empty the environment variables.
 * Blanks and line ends around a value are left out.
 * @throws ConfigurationError when there is no client ID, or a value has quotes around it.
 */
export function resolveCredentials(options: CredentialOptions): Credentials {
  return {
    clientId: required('A client ID', 'clientId', credential(options, 'clientId')),
    clientSecret: options.clientSecret === null ? undefined : credential(options, 'clientSecret'),
    redirectUri: credential(options, 'redirectUri'),
  };
}

/** Returns `value`. @throws ConfigurationError that says where to name it, if there is none. */
export function required(what: string, name: keyof Credentials, value: string | undefined): string {
  if (value) return value;
  throw new ConfigurationError(`${what} is needed: pass ${name} or set ${VARIABLES[name]}.`);
}

function credential(options: CredentialOptions, name: keyof Credentials): string | undefined {
  const variable = VARIABLES[name];
  return trimmed(name, options[name]) ?? trimmed(variable, environmentVariable(variable));
}

/** Returns an environment variable; undefined if it is empty, and always in a browser. */
export function environmentVariable(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[name] || undefined;
}

/**
 * Returns a value without blanks and line ends around it; undefined if it is empty.
 * @param name Stands in the error, the value does not.
 * @throws ConfigurationError for quotes around it, which some tools keep from a file of variables.
 */
export function trimmed(name: string, value: string | null | undefined): string | undefined {
  const text = value?.trim();
  if (text && /^["'“‘`].*["'”’`]$/s.test(text)) {
    throw new ConfigurationError(`${name} has quotes around its value: leave them out.`);
  }
  return text || undefined;
}

/**
 * Whether the client secret of the environment may be used for an app: not if `SPOTIFY_SDK_CLIENT_ID` names
 * another one. For a test server the environment must name the app: otherwise the secret may belong to an
 * app of Spotify's, and must not reach the test server.
 * @param named The value of `SPOTIFY_SDK_CLIENT_ID`.
 * @param testServer Origin of the test server; undefined for Spotify.
 */
export function mayUseEnvironmentSecret(
  clientId: string,
  named: string | undefined,
  testServer: string | undefined,
): boolean {
  return named === clientId || (named === undefined && testServer === undefined);
}
