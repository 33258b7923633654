import { randomUUID } from 'node:crypto';
import { Refusal, type Answer } from '../http/answer.ts';

/** The tokens that a grant issues. */
export interface Issued {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly scope?: readonly string[];
}

/**
 * An answer of the token endpoint: compact JSON, readable by web pages, with cookies without a meaning
 * here (observed 2025-02). Undefined properties of the body are left out.
 */
export function tokenAnswer(status: number, body: object): Answer {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': '*',
      'Set-Cookie': [
        `__Host-device_id=${randomUUID()}; Path=/; Secure; HttpOnly; SameSite=Lax`,
        'sp_tr=false; Path=/; Domain=accounts.spotify.com; Secure; SameSite=Lax',
      ],
    },
    body: JSON.stringify(body),
  };
}

/** A refusal of the token endpoint: 400 for every code, `invalid_client` included (observed). */
export function tokenError(error: string, description?: string): Refusal {
  return new Refusal(tokenAnswer(400, { error, error_description: description }));
}
