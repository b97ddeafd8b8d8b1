import { onTestFinished } from 'vitest';
import { openDb } from '../../src/db/open.ts';
import { proxy } from '../db/proxy.ts';
import { makeTestWorld, type TestWorld } from './open-world.ts';

/** A replica that reaches the database of another one at this address through a proxy, which can be cut. */
export async function behindProxy(other: TestWorld, address: string) {
  const url = new URL(address);
  const connection = await proxy(Number(url.port));
  url.port = String(connection.port);
  const world = makeTestWorld(await openDb({ url: url.href }), other.clock);
  onTestFinished(async () => {
    await world.db.close();
    connection.stop();
  });
  return { world, connection };
}
