import type { SpotifyRequest } from '../http/request.ts';

/**
 * Returns the base of the links in an answer: the stand-in’s own address, so that a client that
 * follows them does not leave it, or the host for which a client says that the request is.
 */
export function linkBase({ headers }: SpotifyRequest): string {
  const forwarded = headers['x-forwarded-host'];
  return typeof forwarded === 'string'
    ? `https://${forwarded}/v1`
    : `http://${headers.host ?? ''}/v1`;
}
