/**
 * A loopback address that an editor treats like any server. The editor opens 127.0.0.1 without a
 * prompt, never uses a proxy for it, and code-server rewrites it. Only Linux has another loopback
 * address by default.
 */
export const FOREIGN_LOOPBACK = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
