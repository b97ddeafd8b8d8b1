import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** One address before several: each connection goes to the next of them that takes it. */
export async function balancer(ports: readonly number[]): Promise<number> {
  const sockets = new Set<Socket>();
  let next = 0;
  const join = (near: Socket, triesLeft: number) => {
    const far = connect(ports[next++ % ports.length] ?? 0, '127.0.0.1');
    far.once('connect', () => {
      far.off('error', onward);
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on('error', () => into.destroy());
        from.on('close', () => into.destroy());
        from.pipe(into);
      }
    });
    const onward = () => (triesLeft > 0 ? join(near, triesLeft - 1) : near.destroy());
    far.once('error', onward);
  };
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    join(near, ports.length);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The balancer has no port.');
  return address.port;
}
