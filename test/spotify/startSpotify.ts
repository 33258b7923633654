import type { Host } from './http/endpoint.ts';
import { listen } from './http/listener.ts';
import { serve } from './http/serve.ts';
import { Service } from './service.ts';

export interface StartOptions {
  /** The address on which both servers listen. */
  readonly host?: string;
  /** 0 takes a free port. */
  readonly accountsPort?: number;
  readonly apiPort?: number;
}

/** A running stand-in, with the members that control it. */
export interface Spotify extends Service {
  /** The origin in place of `https://accounts.spotify.com`, without a trailing slash. */
  readonly accountsUrl: string;
  /** The origin in place of `https://api.spotify.com`, without a trailing slash. */
  readonly apiUrl: string;
  /** Ends every connection and frees the ports. */
  close(): Promise<void>;
}

/** Starts a stand-in without apps and users. It prints nothing. Rejects if a port is in use. */
export async function startSpotify(options: StartOptions = {}): Promise<Spotify> {
  const { host = '127.0.0.1', accountsPort = 0, apiPort = 0 } = options;
  const service = new Service();
  const listenAs = (name: Host, port: number) =>
    listen((incoming, response) => serve(service, name, incoming, response), host, port);
  const accounts = await listenAs('accounts', accountsPort);
  try {
    const api = await listenAs('api', apiPort);
    return Object.assign(service, {
      accountsUrl: accounts.origin,
      apiUrl: api.origin,
      async close() {
        await Promise.all([accounts.close(), api.close()]);
      },
    });
  } catch (error) {
    await accounts.close();
    throw error;
  }
}
