import { normalizeScopes } from '../auth/scopes.ts';
import { print } from './output.ts';
import { readClientSettings, type SharedOptions } from './settings.ts';
import { UserToken } from './userToken.ts';

/** Options of {@link token}. */
export interface TokenOptions extends SharedOptions {
  readonly scope?: string[];
  readonly renew?: boolean;
}

/** Prints the user's access token, and nothing else. */
export async function token(options: TokenOptions, signal: AbortSignal): Promise<void> {
  const user = new UserToken(await readClientSettings(options), signal);
  await user.stored(normalizeScopes(options.scope?.join(' ')));
  if (options.renew) await user.renew();
  print(await user.getAccessToken());
}
