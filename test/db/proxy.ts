import { connect, createServer, type Socket } from 'node:net';

/** When a connection is cut: before the server reads what was said to it, or before it is heard what came of it. */
export type Cut = 'before it arrives' | 'before it is answered';

/** A TCP proxy on 127.0.0.1 that can fall silent, as a network does that loses every packet, or vanish. */
export async function proxy(to: number) {
  const sockets = new Set<Socket>();
  let silent = false;
  let away = false;
  let cuts: { at: string; when: Cut; thenAway: boolean } | undefined;
  const server = createServer((near) => {
    if (away) return void near.destroy();
    const far = connect(to, '127.0.0.1');
    let unheard = false;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    near.on('data', (bytes) => {
      if (!cuts || !bytes.includes(cuts.at)) return;
      unheard = true;
      away = cuts.thenAway;
      if (cuts.when === 'before it arrives') cut();
      cuts = undefined;
    });
    far.on('data', () => {
      if (unheard) cut();
    });
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => silent || into.destroyed || into.write(bytes));
      from.on('close', () => silent || into.destroy());
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
    /** Cuts the next connection on which this is said, once; nobody can connect after it where it is `thenAway`. */
    cut(at: string, when: Cut, { thenAway = false } = {}) {
      cuts = { at, when, thenAway };
    },
    comeBack() {
      away = false;
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
