import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { certify } from '../certificates.ts';
import { RELAY, relayTarget } from './relay.ts';

/** Host names, each with the origin that answers in its place, without a trailing slash. */
export type Hosts = Readonly<Record<string, string>>;

/** Answers a browser in place of hosts, under their real names and over TLS. */
export interface RealHosts {
  /** Arguments that send Chromium here for these hosts only, and make it trust the certificate. */
  readonly browserArgs: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a server that passes requests for the hosts on to their origins. If `vscode.dev` is one of
 * the hosts, it also answers as the relay of VS Code’s own providers.
 */
export async function playRealHosts(hosts: Hosts): Promise<RealHosts> {
  const { cert, key } = certify('Real Hosts', { hosts: Object.keys(hosts) });
  const server = createServer({ cert, key }, (incoming, answer) => {
    const url = `https://${String(incoming.headers.host)}${String(incoming.url)}`;
    if (url.startsWith(`${RELAY}?`)) relay(url, answer);
    else forward(hosts, incoming, answer);
  });
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgraded.add(socket);
    upgrade(hosts, incoming, socket, head);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const rules = Object.keys(hosts).map((host) => `MAP ${host}:443 127.0.0.1:${port}`);
  return {
    browserArgs: [
      `--host-resolver-rules=${rules.join()}`,
      `--ignore-certificate-errors-spki-list=${publicKeyHash(cert)}`,
    ],
    async close() {
      server.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await once(server, 'close');
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
