import type { App } from '../apps.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { tokenError } from './tokenAnswer.ts';

/** The app that requests tokens. */
export interface Client {
  readonly app: App;
  /** Whether the request has the client secret. That of a public client has none (RFC 6749, 2.1). */
  readonly hasSecret: boolean;
}

/**
 * Identifies the client by the Basic header or, without one, by `client_id` and an optional
 * `client_secret` in the form.
 *
 * @throws Refusal `invalid_client`, with the descriptions of 2026. Spotify’s answer to a request
 * without a client ID is not known; here it is that for an unknown client.
 */
export function identifyClient(spotify: Service, request: SpotifyRequest): Client {
  const { clientId, clientSecret } = readCredentials(request);
  const app = spotify.apps.get(clientId ?? '');
  if (!app) throw tokenError('invalid_client', 'Failed to get client');
  if (clientSecret !== undefined && clientSecret !== app.clientSecret) {
    throw tokenError('invalid_client', 'Invalid client');
  }
  return { app, hasSecret: clientSecret !== undefined };
}

function readCredentials({ headers: { authorization }, form }: SpotifyRequest) {
  if (authorization === undefined) {
    return {
      clientId: parameter(form, 'client_id'),
      clientSecret: parameter(form, 'client_secret'),
    };
  }
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? '';
  const [, clientId, clientSecret] =
    /^([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  // Spotify leaves the description out here (observed 2016-2019).
  if (clientId === undefined) throw tokenError('invalid_client');
  return { clientId, clientSecret };
}
