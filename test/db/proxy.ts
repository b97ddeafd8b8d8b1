import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on 127.0.0.1 that can fall silent, as a network does that loses every packet, or vanish. */
export async function proxy(to: number) {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => silent || into.write(bytes));
      from.on('close', () => into.destroy());
      from.on('error', () => into.destroy());
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    silence: (on: boolean) => {
      silent = on;
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
