import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * The program of a server that lets only two connections wait, and accepts none for a while: its
 * event loop stands still. Linux then drops the packet that begins a third connection. The client's
 * system sends it again after a second.
 */
const PROGRAM = `
  const server = require('node:http').createServer((_, response) => response.end('slow'));
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
  });
`;

/** A server on 127.0.0.1 that needs a second for each new connection. Only Linux has this effect. */
export interface SlowServer {
  readonly port: number;
  close(): void;
}

export async function startSlowServer(): Promise<SlowServer> {
  const child = execFile(process.execPath, ['--eval', PROGRAM]);
  const [port] = (await once(child.stdout ?? child, 'data')) as [string];
  const waiting: Socket[] = [];
  for (let n = 0; n < 2; n++) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    waiting.push(socket);
  }
  return {
    port: Number(port),
    close: () => {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
