import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { healthRoutes } from '../../src/http/health.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld } from '../engine/open-world.ts';

onSqlite('whether it is ready', (open) => {
  it('is asked of the database once a second, however many ask', async () => {
    const db = await open();
    let pings = 0;
    let away = false;
    const counted: Db = {
      ...db,
      async ping() {
        pings += 1;
        if (away) throw new Error('The database cannot be reached.');
      },
    };
    const world = makeTestWorld(counted);
    const route = healthRoutes(world, () => true).find(({ path }) => path === '/readyz');
    const ask = () =>
      new Promise<number>((resolve) => {
        let status = 0;
        const response = {
          writeHead: (code: number) => {
            status = code;
          },
          end: () => resolve(status),
        };
        // Nothing else of them is used.
        route?.handler({} as IncomingMessage, response as unknown as ServerResponse);
      });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200]);
    expect(pings).toBe(1);
    away = true;
    await world.clock.advanceTo(world.clock.now() + 999);
    expect(await ask()).toBe(200);
    await world.clock.advanceTo(world.clock.now() + 1);
    expect(await ask()).toBe(503);
    expect(pings).toBe(2);
  });
});
