import { randomBytes } from 'node:crypto';
import { createPlayer, type Player } from './player.ts';

/** A Spotify account. A test may change everything but the ids. */
export interface User {
  readonly id: string;
  /** The id that never changes, `account_id` (Spotify, changes of May 2026). */
  readonly accountId: string;
  displayName: string | null;
  email: string;
  country: string;
  product: 'premium' | 'free' | 'open';
  /** The name or URI of the track in the player, if any. */
  nowPlaying: string | null;
  /** The URIs of what is saved, the last one first. */
  library: string[];
  readonly player: Player;
}

export type UserOptions = Pick<User, 'id' | 'displayName'> & Partial<User>;

export function createUser(options: UserOptions): User {
  return {
    accountId: randomBytes(9).toString('base64url'),
    email: `${options.id}@example.com`,
    country: 'SE',
    product: 'premium',
    nowPlaying: null,
    library: [],
    player: createPlayer(),
    ...options,
  };
}
