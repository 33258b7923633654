import { ConfigurationError } from './errors.ts';

/** The credentials of an app, as options. */
export interface CredentialOptions {
  readonly clientId?: string | undefined;
  /** `null` means no secret, even if the environment has one. */
  readonly clientSecret?: string | null | undefined;
  readonly redirectUri?: string | undefined;
}

/** The credentials to use. */
interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly redirectUri: string | undefined;
}

/**
 * Returns the options, and in place of those that are missing or empty the environment variables
 * `SPOTIFY_SDK_CLIENT_ID`, `SPOTIFY_SDK_CLIENT_SECRET` and `SPOTIFY_SDK_REDIRECT_URI`.
 * @throws ConfigurationError when there is no client ID.
 */
export function resolveCredentials(options: CredentialOptions): Credentials {
  const clientId = options.clientId || environmentVariable('SPOTIFY_SDK_CLIENT_ID');
  if (!clientId) {
    throw new ConfigurationError(
      'A client ID is needed: pass clientId or set SPOTIFY_SDK_CLIENT_ID.',
    );
  }
  const clientSecret =
    options.clientSecret === null
      ? undefined
      : options.clientSecret || environmentVariable('SPOTIFY_SDK_CLIENT_SECRET');
  return {
    clientId,
    clientSecret,
    redirectUri: options.redirectUri || environmentVariable('SPOTIFY_SDK_REDIRECT_URI'),
  };
}

/** Returns an environment variable; undefined if it is empty, and always in a browser. */
export function environmentVariable(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[name] || undefined;
}
