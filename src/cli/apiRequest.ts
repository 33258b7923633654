import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { isObject, parseJsonObject } from '../auth/jsonObject.ts';
import { CommandError, EXIT } from './failure.ts';
import { SPOTIFY_API } from './servers.ts';

/** What the command line says of a request. */
export interface ApiOptions {
  readonly method?: string;
  /** `name=value` */
  readonly field?: readonly string[];
  /** A file with the body; `-` for standard input. */
  readonly input?: string;
  readonly paginate?: boolean;
  /** The scopes that the request needs. */
  readonly scope?: readonly string[];
}

/** A request to the Web API. */
export interface ApiRequest {
  readonly url: string;
  readonly method: string;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Makes the request as `gh api` does: fields and a file make it a POST, unless a method is given. Fields
 * are the query of a GET or beside a file, else a JSON object.
 * @throws CommandError for what the Web API cannot receive.
 */
export async function apiRequest(path: string, options: ApiOptions): Promise<ApiRequest> {
  const fields = (options.field ?? []).map(parseField);
  const hasBody = fields.length > 0 || options.input !== undefined;
  const method = (options.method ?? (hasBody ? 'POST' : 'GET')).toUpperCase();
  if (!/^(GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(method)) {
    throw usage(`There is no method ${method} at Spotify.`);
  }
  const isRead = method === 'GET' || method === 'HEAD';
  if (options.paginate && method !== 'GET')
    throw usage('--paginate needs a GET request: add -X GET.');
  if (isRead && options.input !== undefined) throw usage(`A ${method} request has no body.`);
  const url = new URL(apiUrl(path));
  if (isRead || options.input !== undefined) {
    for (const [name, value] of fields) url.searchParams.append(name, value);
    return { url: url.href, method, body: await readInput(options.input) };
  }
  const body = fields.length > 0 ? JSON.stringify(Object.fromEntries(fields)) : undefined;
  return { url: url.href, method, body };
}

/**
 * Returns the URL of a path such as `me`, `/me`, `v1/me`, or of a whole URL.
 * @param testServer Origin of the Web API's test server, whose answers have URLs of its own.
 * @throws CommandError for the URL of another origin, which must not get a token.
 */
export function apiUrl(path: string, testServer?: string): string {
  // Git Bash on Windows makes a file path of a path that begins with a slash.
  const relative = path.replace(/^\/?(v1(?=\/|$)\/?)?/, '');
  const text = /^[a-z][\w+.-]*:/i.test(path) ? path : `${SPOTIFY_API}/v1/${relative}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAt = (origin: string | undefined) => origin && url?.href.startsWith(`${origin}/`);
  const isOurs = isAt(SPOTIFY_API) || isAt(testServer);
  if (url && isOurs) return `${SPOTIFY_API}${url.pathname}${url.search}`;
  throw usage(`Requests go to ${SPOTIFY_API} only, not to ${path}.`);
}

/**
 * Returns the URL of the next page, which is in a paging object, or in the first object with one
 * (https://developer.spotify.com/documentation/web-api/concepts/api-calls). Undefined after the last one.
 */
export function nextPage(text: string): string | undefined {
  const answer = parseJsonObject(text) ?? {};
  const paging = [answer, ...Object.values(answer)].find(
    (value) => isObject(value) && 'next' in value,
  );
  const next = isObject(paging) ? paging['next'] : undefined;
  return typeof next === 'string' ? next : undefined;
}

function parseField(field: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(field) ?? [];
  if (name === undefined || value === undefined) {
    throw usage(`A field needs the form name=value, not ${field}.`);
  }
  return [name, value];
}

async function readInput(input: string | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (input === undefined) return undefined;
  return Uint8Array.from(await (input === '-' ? buffer(process.stdin) : readFile(input)));
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage, 'See: spotify-auth api --help');
}
