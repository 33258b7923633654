import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds three free ports in a row, below those that systems give out. */
export async function firstOfThreePorts(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const isFree = await Promise.all([port, port + 1, port + 2].map(canListen));
    if (isFree.every(Boolean)) return port;
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
