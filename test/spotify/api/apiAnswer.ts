import { randomBytes } from 'node:crypto';
import { Refusal, type Answer } from '../http/answer.ts';

/** Web pages of every origin may read the Web API (observed 2018, 2021). */
const CORS = { 'Access-Control-Allow-Origin': '*' };

/** An answer of the Web API: JSON, indented by two spaces (observed 2023, 2026-09). */
export function apiAnswer(status: number, body: object): Answer {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'private, max-age=0',
    ...CORS,
  };
  return { status, headers, body: JSON.stringify(body, null, 2) };
}

/** The error object of the Web API (Spotify, “API calls”). Only errors of the player have a reason. */
export function apiError(status: number, message: string, reason?: string): Refusal {
  return new Refusal(apiAnswer(status, { error: { status, message, reason } }));
}

/** A refusal by the rules of development mode: plain text instead of JSON (observed). */
export function plainForbidden(body: string): Refusal {
  return new Refusal({ status: 403, headers: { 'Content-Type': 'text/plain', ...CORS }, body });
}

/** The answer to a command of the player: 27 characters of plain text (observed 2024-08). */
export function commandText(): Answer {
  const body = randomBytes(20).toString('base64url');
  return { status: 200, headers: { 'Content-Type': 'text/plain', ...CORS }, body };
}

/** Success with status 200 and an empty body. */
export function emptyAnswer(): Answer {
  return { status: 200, headers: CORS };
}

/** Success without a body. */
export function noContent(headers = {}): Answer {
  return { status: 204, headers: { ...headers, ...CORS } };
}
