import { isText, parseJsonObject } from '../auth/jsonObject.ts';
import { CommandError, EXIT } from './failure.ts';
import { visible } from './output.ts';
import { SPOTIFY_API } from './servers.ts';
import { request, throwUnlessSuccess, type WebApi } from './webApi.ts';

/** A user's Spotify account. */
export interface Account {
  readonly id: string;
  /** The display name; the ID if there is none. */
  readonly name: string;
}

/**
 * Asks Spotify whose token it is.
 * @param login The command that signs in again.
 * @throws CommandError if Spotify refuses the user (403): the app is in development mode.
 */
export async function fetchAccount(api: WebApi, login: string): Promise<Account> {
  const answer = await request(`${SPOTIFY_API}/v1/me`, {}, api);
  if (answer.status === 403) {
    throw new CommandError(
      `Spotify refuses this user: ${answer.text.trim() || 'the app is in development mode'}`,
      EXIT.failure,
      'The owner of the app needs Spotify Premium, and lists up to five users under User Management: https://developer.spotify.com/dashboard',
    );
  }
  throwUnlessSuccess(answer, login);
  const { id, display_name: name } = parseJsonObject(answer.text) ?? {};
  if (!isText(id)) throw new CommandError('Spotify’s profile has no user ID.', EXIT.failure);
  return { id, name: isText(name) ? visible(name) || id : id };
}
