import type { Fault } from './faults.ts';

/** A 429 in plain text (observed 2022). `retryAfter` in seconds; undefined leaves the header out. */
export function tooManyRequests(retryAfter?: number): Fault {
  return {
    status: 429,
    headers: { 'Content-Type': 'text/plain', ...retry(retryAfter) },
    body: 'Too many requests',
  };
}

/** A 429 with the Web API’s error object (observed 2025-12). */
export function rateLimitExceeded(retryAfter?: number): Fault {
  return webApiError({ status: 429, message: 'API rate limit exceeded' }, retry(retryAfter));
}

/** A 429 because the quota of the developer account is used up, for hours (observed 2026-08). */
export function quotaExceeded(retryAfter = 48_925): Fault {
  const error = { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' };
  return webApiError(error, retry(retryAfter));
}

/** A 429 without a body and without `Retry-After` (observed 2019, 2026-01). */
export const silentTooManyRequests: Fault = { status: 429 };

/** A 500 at the code exchange (observed). Its body is not known. */
export const internalServerError: Fault = { status: 500 };

/** A 502 of the Web API (observed 2017). */
export const badGateway: Fault = webApiError({ status: 502, message: 'Bad gateway.' });

/** A 503 of the Accounts service’s proxy, in plain text instead of JSON (observed 2021). */
export const upstreamConnectError: Fault = {
  status: 503,
  headers: { 'Content-Type': 'text/plain' },
  body: 'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
};

/** A 503 of the Accounts service, a page instead of JSON (observed 2019). */
export const serviceUnavailablePage: Fault = {
  status: 503,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>503</title><h1>Service Unavailable</h1>',
};

/** A refusal of a valid refresh token, which stays valid, as in outages (observed 2022, 2026-07). */
export const falseInvalidGrant: Fault = {
  on: 'token',
  status: 400,
  headers: { 'Content-Type': 'application/json' },
  body: '{"error":"invalid_grant","error_description":"Invalid refresh token"}',
};

function retry(after: number | undefined): { 'Retry-After'?: number } {
  return after === undefined ? {} : { 'Retry-After': after };
}

function webApiError(
  error: { status: number; message: string; reason?: string },
  headers = {},
): Fault {
  return {
    status: error.status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ error }, null, 2),
  };
}
