import type { Playlist } from '../catalogue.ts';
import type { Service } from '../service.ts';
import type { AccessToken } from '../tokens.ts';
import { apiError } from './apiAnswer.ts';

type Access = Pick<Playlist, 'owner' | 'public' | 'collaborative'>;

/** Whether the token may see that the playlist exists. */
export function mayRead({ user, scope }: AccessToken, playlist: Access): boolean {
  if (playlist.collaborative) return scope.includes('playlist-read-collaborative');
  if (playlist.public) return true;
  return playlist.owner === user && scope.includes('playlist-read-private');
}

/** Returns the playlist with this id. @throws Refusal 404 if the token may not see it */
export function readable({ catalogue }: Service, token: AccessToken, id: string): Playlist {
  const playlist = catalogue.findPlaylist(id);
  if (!playlist || !mayRead(token, playlist)) throw apiError(404, 'Resource not found');
  return playlist;
}

/**
 * Whether the token may read what is in it. In development mode only the owner and collaborators may,
 * since February 2026 (Spotify, “Migration guide”).
 */
export function mayReadItems(token: AccessToken, playlist: Access): boolean {
  return isOwn(token, playlist) || !token.app.developmentMode;
}

/** @throws Refusal 403 for playlists of others, and without the scope */
export function checkWritable(token: AccessToken, playlist: Access): void {
  if (!isOwn(token, playlist)) throw apiError(403, 'Forbidden');
  const needed = `playlist-modify-${playlist.public ? 'public' : 'private'}`;
  if (!token.scope.includes(needed)) throw apiError(403, 'Insufficient client scope');
}

const isOwn = ({ user }: AccessToken, { owner, collaborative }: Access) =>
  owner === user || (collaborative && user !== undefined);
