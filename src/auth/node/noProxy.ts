import { BlockList, isIP } from 'node:net';

/**
 * Whether `NO_PROXY` exempts the host of a URL from the proxy, as in curl. The list is separated by
 * commas and blanks. A name exempts its subdomains, too, and `*` alone exempts every host. An address
 * may have a prefix length (`10.0.0.0/8`). Beyond curl, a name may have a port or begin with `*.`, as
 * undici allows it.
 */
export function isExempt({ hostname, port, protocol }: URL, env: NodeJS.ProcessEnv): boolean {
  const list = (env['no_proxy'] || env['NO_PROXY'] || '').trim();
  if (list === '*') return true;
  const host = unbracketed(hostname).replace(/\.$/, '');
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  return list.split(/[\s,]+/).some((entry) => matches(entry, host, usedPort));
}

function matches(entry: string, host: string, port: string): boolean {
  const [address = '', bits] = unbracketed(entry).split('/');
  if (isIP(address)) return isInSubnet(host, unbracketed(address), bits);
  const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (onlyPort && onlyPort !== port) return false;
  const domain = unbracketed(name)
    .replace(/^\*?\.|\.$/g, '')
    .toLowerCase();
  if (isIP(host)) return host === domain;
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** @param bits The prefix length; undefined means the address alone. */
function isInSubnet(host: string, address: string, bits: string | undefined): boolean {
  const version = isIP(address);
  const width = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? width : /^\d+$/.test(bits) ? Number(bits) : NaN;
  if (isIP(host) !== version || !(prefix <= width)) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const subnet = new BlockList();
  subnet.addSubnet(address, prefix, family);
  return subnet.check(host, family);
}

function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
