import { normalizeScopes } from '../auth/scopes.ts';
import { type ApiOptions, apiRequest, apiUrl, nextPage } from './apiRequest.ts';
import { CommandError, EXIT } from './failure.ts';
import { print } from './output.ts';
import { loginCommand, readClientSettings, type SharedOptions } from './settings.ts';
import { UserToken } from './userToken.ts';
import { request, throwUnlessSuccess } from './webApi.ts';

/**
 * Makes a request with the user's token, and prints the body of the answer, also of a refusal. With
 * `paginate` prints each page, one after the other. Sends nothing if the sign-in lacks one of `scope`:
 * Spotify's refusal does not say which scope is missing.
 * @throws CommandError or an error of the library for an answer that is no success.
 */
export async function api(
  path: string,
  options: ApiOptions & SharedOptions,
  signal: AbortSignal,
): Promise<void> {
  const { url, method, body } = await apiRequest(path, options);
  const settings = await readClientSettings(options);
  const provider = new UserToken(settings, signal);
  await provider.stored(normalizeScopes(options.scope?.join(' ')));
  const { servers } = settings;
  const headers = { ...(body !== undefined && { 'Content-Type': 'application/json' }) };
  const visited = new Set<string>();
  for (let page: string | undefined = url; page !== undefined;) {
    if (visited.has(page)) {
      throw new CommandError(`The pages repeat themselves at ${page}.`, EXIT.failure);
    }
    visited.add(page);
    const answer = await request(page, { method, headers, body }, { provider, servers, signal });
    if (answer.text) print(answer.text);
    throwUnlessSuccess(answer, loginCommand(settings));
    const next = options.paginate ? nextPage(answer.text) : undefined;
    page = next === undefined ? undefined : apiUrl(next, servers.apiUrl);
  }
}
