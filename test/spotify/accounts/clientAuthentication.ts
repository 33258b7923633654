import type { App } from '../apps.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { tokenError } from './tokenAnswer.ts';

/** The app that asks for tokens. */
export interface Client {
  readonly app: App;
  /** Whether it has proved itself with its secret; a public client does not (RFC 6749, 2.1). */
  readonly hasSecret: boolean;
}

/**
 * Finds the client by its Basic header or, without one, by `client_id` and perhaps `client_secret`
 * in the form.
 *
 * @throws Refusal `invalid_client`, with the descriptions of 2026. What Spotify says to a request
 * without any client ID is an open question; here it is an unknown client.
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
