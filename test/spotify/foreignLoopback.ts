/**
 * A loopback address that an editor treats as it treats any server: 127.0.0.1 is trusted without
 * asking, never sent through a proxy, and rewritten by code-server. Only Linux has another one
 * as it comes.
 */
export const FOREIGN_LOOPBACK = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
