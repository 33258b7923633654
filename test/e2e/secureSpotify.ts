import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import { certify } from '../certificates.ts';
import { type Spotify, startSpotify } from '../spotify/index.ts';

/** A stand-in that browsers reach over TLS, as they reach Spotify. */
export interface SecureSpotify extends Spotify {
  /** The origin of `accountsUrl` over TLS, with a certificate that signs itself. */
  readonly secureUrl: string;
}

/** Starts a stand-in with the user Alva. */
export async function startSecureSpotify(): Promise<SecureSpotify> {
  const spotify = await startSpotify();
  spotify.addUser({ id: 'alva', displayName: 'Alva' });
  const close = spotify.close.bind(spotify);
  const { port } = new URL(spotify.accountsUrl);
  const { cert, key } = certify('localhost', { hosts: ['localhost'] });
  const front = createServer({ cert, key }, (socket) => {
    const onward = connect(Number(port), '127.0.0.1');
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy());
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const { port: securePort } = front.address() as AddressInfo;
  return Object.assign(spotify, {
    secureUrl: `https://localhost:${securePort}`,
    close: async () => {
      front.close();
      await close();
    },
  });
}
