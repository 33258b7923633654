import { randomBytes } from 'node:crypto';

/** A Spotify account. A test may change everything but the ids. */
export interface User {
  readonly id: string;
  /** The id that never changes, `account_id` (Spotify, changes of May 2026). */
  readonly accountId: string;
  displayName: string | null;
  email: string;
  country: string;
  product: 'premium' | 'free' | 'open';
  /** The title of the track that is playing, if any. */
  nowPlaying: string | null;
}

export type UserOptions = Pick<User, 'id' | 'displayName'> & Partial<User>;

export function createUser(options: UserOptions): User {
  return {
    accountId: randomBytes(9).toString('base64url'),
    email: `${options.id}@example.com`,
    country: 'SE',
    product: 'premium',
    nowPlaying: null,
    ...options,
  };
}
