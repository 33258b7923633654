import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer as createProxy,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { certify } from '../certificates.ts';
import { RELAY, relayTarget } from './relay.ts';

/** Host names, each with the origin that answers in its place, without a trailing slash. */
export type Hosts = Readonly<Record<string, string>>;

/** Answers a browser in place of hosts, under their real names and over TLS. */
export interface RealHosts {
  /**
   * The proxy of a browser context in which the other origins answer. Loopback addresses are reached
   * without it. No other host is reached. The browser has {@link TRUSTING_REAL_HOSTS}.
   */
  readonly proxy: { readonly server: string; readonly bypass: string };
  close(): Promise<void>;
}

/** One certificate for all servers, since a browser trusts it from its start on. */
const certificate = certify('Real Hosts', { hosts: ['accounts.spotify.com', 'api.spotify.com'] });

/** The argument that makes Chromium trust the certificate, for every host. */
export const TRUSTING_REAL_HOSTS = `--ignore-certificate-errors-spki-list=${publicKeyHash(certificate.cert)}`;

/**
 * Starts a proxy that passes requests for the hosts on to their origins. If `vscode.dev` is one of
 * the hosts, it also answers as the relay of VS Code’s own providers. A proxy costs a window less than
 * Playwright’s routes, which stop every request of the page and turn the browser’s cache off.
 */
export async function playRealHosts(hosts: Hosts): Promise<RealHosts> {
  const server = createServer(certificate, (incoming, answer) => {
    const url = `https://${String(incoming.headers.host)}${String(incoming.url)}`;
    if (url.startsWith(`${RELAY}?`)) relay(url, answer);
    else forward(hosts, incoming, answer);
  });
  const open = new Set<Duplex>();
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrade(hosts, incoming, socket, head);
  });
  const proxy = createProxy((_request, answer) => answer.writeHead(502).end());
  proxy.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    open.add(socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy()));
    if (!(url.replace(/:443$/, '') in hosts)) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.emit('connection', socket);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    proxy: { server: `http://127.0.0.1:${port}`, bypass: '127.0.0.0/8, localhost, [::1]' },
    async close() {
      proxy.close();
      proxy.closeAllConnections();
      for (const socket of open) socket.destroy();
      await once(proxy, 'close');
    },
  };
}

function publicKeyHash(cert: string): string {
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

function relay(url: string, answer: ServerResponse): void {
  const target = relayTarget(new URL(url));
  answer.writeHead(target ? 302 : 400, target ? { Location: target } : {}).end();
}

/**
 * Opens the same request at the origin of its host; undefined for an unknown host. `Host` is kept,
 * because the editor’s server compares it with the `Origin`.
 */
function openRequest(hosts: Hosts, { method, url, headers }: IncomingMessage) {
  const origin = hosts[String(headers.host)];
  return origin && request(`${origin}${String(url)}`, { method, headers });
}

function forward(hosts: Hosts, incoming: IncomingMessage, answer: ServerResponse): void {
  const outgoing = openRequest(hosts, incoming);
  if (!outgoing) {
    answer.writeHead(421).end();
    return;
  }
  outgoing.once('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  outgoing.once('error', () => answer.destroy());
  incoming.pipe(outgoing);
}

function upgrade(hosts: Hosts, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const outgoing = openRequest(hosts, incoming);
  if (!outgoing) {
    socket.destroy();
    return;
  }
  outgoing.once('upgrade', ({ rawHeaders }: IncomingMessage, other: Duplex, first: Buffer) => {
    const lines = rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    socket.write(first);
    other.write(head);
    socket.pipe(other).pipe(socket);
    for (const [one, end] of [
      [socket, other],
      [other, socket],
    ] as const) {
      one.once('error', () => one.destroy()).once('close', () => end.destroy());
    }
  });
  outgoing.once('error', () => socket.destroy());
  outgoing.end();
}
