import type { Answer } from '../http/answer.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { identifyClient, type Client } from './clientAuthentication.ts';
import { exchangeCode } from './exchangeCode.ts';
import { refresh } from './refresh.ts';
import { tokenAnswer, tokenError, type Issued } from './tokenAnswer.ts';

type Grant = (spotify: Service, client: Client, form: URLSearchParams) => Issued;

const grants: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  ['authorization_code', exchangeCode],
  ['refresh_token', refresh],
  ['client_credentials', grantClientCredentials],
]);

/** `POST /api/token`. A body that is not a form counts as one without a grant type (observed 2020). */
export function answerTokenRequest(spotify: Service, request: SpotifyRequest): Answer {
  const grantType = parameter(request.form, 'grant_type');
  if (grantType === undefined) {
    throw tokenError('unsupported_grant_type', 'grant_type parameter is missing');
  }
  const grant = grants.get(grantType);
  if (!grant) {
    throw tokenError('unsupported_grant_type', `grant_type ${grantType} is not supported`);
  }

  const issued = grant(spotify, identifyClient(spotify, request), request.form);
  const { omitScope, expiresIn } = spotify.behaviour;
  return tokenAnswer(200, {
    access_token: issued.accessToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    refresh_token: issued.refreshToken,
    scope: omitScope ? undefined : issued.scope?.join(' '),
  });
}

/** Answers a CORS preflight: web pages may send the header `Authorization` (observed 2026-09). */
export function allowTokenPreflight(_spotify: Service, { headers }: SpotifyRequest): Answer {
  return {
    status: 204,
    headers: {
      ...(headers.origin !== undefined && { 'Access-Control-Allow-Origin': headers.origin }),
      'Access-Control-Allow-Headers': 'Authorization',
      'Access-Control-Allow-Methods': 'POST, OPTIONS',
    },
  };
}

/** Grant type `client_credentials` (RFC 6749 section 4.4): no refresh token, no scope. */
function grantClientCredentials({ tokens }: Service, { app, hasSecret }: Client): Issued {
  // Spotify’s text for a missing secret is not known.
  if (!hasSecret) throw tokenError('invalid_client', 'Invalid client');
  return { accessToken: tokens.issueAccessToken({ app, scope: [] }) };
}
