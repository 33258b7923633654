import { ConfigurationError } from './errors.ts';

/** What an app's owner may give as an option or in the environment. */
export interface CredentialOptions {
  readonly clientId?: string | undefined;
  /** `null` means none, whatever the environment says. */
  readonly clientSecret?: string | null | undefined;
  readonly redirectUri?: string | undefined;
}

/** The credentials in force; an empty string counts as absent. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly redirectUri: string | undefined;
}

/**
 * Options win over `SPOTIFY_SDK_CLIENT_ID`, `SPOTIFY_SDK_CLIENT_SECRET` and
 * `SPOTIFY_SDK_REDIRECT_URI`.
 * @throws ConfigurationError when there is no client ID.
 */
export function resolveCredentials(options: CredentialOptions): Credentials {
  const clientId = options.clientId || environment('CLIENT_ID');
  if (!clientId) {
    throw new ConfigurationError(
      'A client ID is needed: pass clientId or set SPOTIFY_SDK_CLIENT_ID.',
    );
  }
  const clientSecret =
    options.clientSecret === null
      ? undefined
      : options.clientSecret || environment('CLIENT_SECRET');
  return {
    clientId,
    clientSecret,
    redirectUri: options.redirectUri || environment('REDIRECT_URI'),
  };
}

const environment = (name: string) => environmentVariable(`SPOTIFY_SDK_${name}`);

/**
 * A variable of the environment; undefined for an empty one, and where there is no environment, as
 * in a browser.
 */
export function environmentVariable(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[name] || undefined;
}
