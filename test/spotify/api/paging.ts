import type { App } from '../apps.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import { apiError } from './apiAnswer.ts';
import { linkBase } from './links.ts';

/** How many items a page has by default, and at most. */
export interface PageSize {
  readonly usual: number;
  readonly most: number;
}

export const USUAL_PAGE: PageSize = { usual: 20, most: 50 };

/** The pages of a search: smaller in development mode since February 2026 (Spotify, “Migration guide”). */
export function searchPage({ developmentMode }: App): PageSize {
  return developmentMode ? { usual: 5, most: 10 } : USUAL_PAGE;
}

/**
 * Returns the requested part of a list as a paging object. `changes` replace parameters of the query in
 * its links.
 *
 * @throws Refusal 400 if `limit` or `offset` is out of range (the first text observed 2026)
 */
export function page<T>(
  request: SpotifyRequest,
  all: readonly T[],
  show: (item: T) => object,
  { usual, most } = USUAL_PAGE,
  changes: Record<string, string> = {},
): object {
  const limit = wholeNumber(request, 'limit', usual, 1, most);
  const offset = wholeNumber(request, 'offset', 0, 0, 100_000);
  const link = (start: number) => {
    const query = new URLSearchParams(request.query);
    const parts = { ...changes, offset: String(start), limit: String(limit) };
    for (const [name, value] of Object.entries(parts)) query.set(name, value);
    return `${linkBase(request)}${request.path.slice('/v1'.length)}?${query.toString()}`;
  };
  return {
    href: link(offset),
    items: all.slice(offset, offset + limit).map(show),
    limit,
    next: offset + limit < all.length ? link(offset + limit) : null,
    offset,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
    total: all.length,
  };
}

/** Returns a parameter of the query. @throws Refusal 400 if it is out of range, or no whole number */
export function wholeNumber(
  { query }: SpotifyRequest,
  name: string,
  usual: number,
  least: number,
  most: number,
): number {
  const text = parameter(query, name);
  if (text === undefined) return usual;
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number >= least && number <= most)) throw apiError(400, `Invalid ${name}`);
  return number;
}
