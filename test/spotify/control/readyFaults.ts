import type { Fault } from './faults.ts';

/** Plain text (observed 2022). `Retry-After` in seconds, absent when not given. */
export function tooManyRequests(retryAfter?: number): Fault {
  return {
    status: 429,
    headers: { 'Content-Type': 'text/plain', ...retry(retryAfter) },
    body: 'Too many requests',
  };
}

/** The Web API's error object (observed 2025-12). */
export function rateLimitExceeded(retryAfter?: number): Fault {
  return webApiError({ status: 429, message: 'API rate limit exceeded' }, retry(retryAfter));
}

/** The developer account's quota is used up; the waits are hours long (observed 2026-08). */
export function quotaExceeded(retryAfter = 48_925): Fault {
  const error = { status: 429, message: 'Too many requests', reason: 'QUOTA_EXCEEDED' };
  return webApiError(error, retry(retryAfter));
}

/** Neither a body nor `Retry-After` (observed 2019, 2026-01). */
export const silentTooManyRequests: Fault = { status: 429 };

/** At the code exchange (observed); its body is not known. */
export const internalServerError: Fault = { status: 500 };

/** From the Web API (observed 2017). */
export const badGateway: Fault = webApiError({ status: 502, message: 'Bad gateway.' });

/** From the Accounts service's proxy, where JSON is expected (observed 2021). */
export const upstreamConnectError: Fault = {
  status: 503,
  headers: { 'Content-Type': 'text/plain' },
  body: 'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
};

/** From the Accounts service, a page where JSON is expected (observed 2019). */
export const serviceUnavailablePage: Fault = {
  status: 503,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>503</title><h1>Service Unavailable</h1>',
};

/** Refuses a good refresh token, which stays good: outages have (observed 2022, 2026-07). */
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
