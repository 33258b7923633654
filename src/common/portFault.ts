/**
 * Why the extension cannot listen on a loopback port: another program listens there, the operating system
 * reserves this one port, or another reason.
 */
export type PortFault = 'portInUse' | 'portReserved' | 'cannotListen';

/**
 * Returns why listening on `port` has failed with `code`, Node's error code. `EACCES` is about one port
 * if the port was named: Windows reserves ranges of ports, and Unix the ports below 1024. If the system
 * could choose the port (0), no port is allowed.
 */
export function portFault(code: unknown, port: number): PortFault {
  if (code === 'EADDRINUSE') return 'portInUse';
  return code === 'EACCES' && port !== 0 ? 'portReserved' : 'cannotListen';
}
