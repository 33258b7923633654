import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate with its key, as `node:https` takes them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The content of a certificate. */
export interface CertificateOptions {
  /** The IPv4 addresses and names of the server. An authority has none. */
  readonly hosts?: readonly string[];
  /** The authority that signs the certificate. Without one it signs itself. */
  readonly authority?: Authority;
  readonly expired?: boolean;
}

export interface Authority extends Certificate {
  readonly name: string;
  readonly privateKey: KeyObject;
}

const DAY_MS = 24 * 3600 * 1000;
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));

/** Creates an X.509 certificate (RFC 5280) with a new P-256 key. */
export function certify(name: string, options: CertificateOptions = {}): Authority {
  const { hosts, authority, expired = false } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const end = Date.now() + (expired ? -DAY_MS : DAY_MS);
  const content = sequence(
    tagged(0xa0, integer(2)),
    integer(1 + Math.floor(Math.random() * 100)),
    ECDSA_WITH_SHA256,
    nameOf(authority?.name ?? name),
    sequence(time(end - 30 * DAY_MS), time(end)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(hosts ? forHosts(hosts) : forAuthority())),
  );
  const signature = sign('sha256', content, authority?.privateKey ?? privateKey);
  const der = sequence(content, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature));
  return {
    name,
    privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Basic constraints (RFC 5280 section 4.2.1.9): the certificate may sign others. */
function forAuthority(): Buffer {
  const isAuthority = tagged(0x01, Buffer.from([0xff]));
  return sequence(oid('551d13'), isAuthority, octets(sequence(isAuthority)));
}

/** Subject alternative names (RFC 5280 section 4.2.1.6): IP addresses or DNS names. */
function forHosts(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host)
      ? tagged(0x87, Buffer.from(host.split('.').map(Number)))
      : tagged(0x82, Buffer.from(host)),
  );
  return sequence(oid('551d11'), octets(sequence(...names)));
}

function nameOf(text: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(text)))));
}

function time(at: number): Buffer {
  return tagged(0x18, Buffer.from(new Date(at).toISOString().replace(/[-T:]|\.\d+/g, '')));
}

/** Encodes a value in DER (X.690): a tag, the length, the content. */
function tagged(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

/** DER allows only the shortest form of a length. Browsers refuse a certificate with another. */
function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function sequence(...contents: Buffer[]): Buffer {
  return tagged(0x30, ...contents);
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.from([value]));
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}
