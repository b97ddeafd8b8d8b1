import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { findPerson, savePeople } from '../../src/db/people.ts';
import { feedAddress } from '../../src/engine/calendar-feed.ts';
import { handle } from '../../src/engine/handle.ts';
import { calendarRoute } from '../../src/http/calendar.ts';
import { DANA } from '../change/company.ts';
import { complete } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld, settle } from '../engine/open-world.ts';

const MINUTE = 60_000;

onSqlite('the calendar feed', (open) => {
  async function start() {
    const world = makeTestWorld(await open());
    await settle(world);
    const { handler } = calendarRoute(world);
    const address = await feedAddress(world, '', DANA);
    const get = (url = address) =>
      new Promise<{ status: number; text: string }>((resolve) => {
        let status = 0;
        const response = {
          writeHead(code: number) {
            status = code;
            return response;
          },
          end: (text = '') => resolve({ status, text }),
        };
        // Nothing else of them is used.
        handler({ url } as IncomingMessage, response as unknown as ServerResponse);
      });
    const file = (id: string) =>
      handle(world, id, { type: 'Submit', id, category: 'standard', proposal: complete.standard() }, DANA);
    return { world, get, file };
  }

  it('is written once a minute, however many ask for it, and shows what came after that', async () => {
    const { world, get, file } = await start();
    await file('c-1');
    const [first, second] = await Promise.all([get(), get()]);
    expect(first).toMatchObject({ status: 200, text: expect.stringContaining('CR-2026-001') });
    await file('c-2');
    expect([second, await get()]).toEqual([first, first]);
    expect((await get('/calendar.ics?for=U1&key=x')).status).toBe(404);
    await world.clock.advanceTo(world.clock.now() + MINUTE);
    expect((await get()).text).toContain('CR-2026-002');
  });

  it('is no more for whoever is no member any more, at the address that they were given', async () => {
    const { world, get } = await start();
    const { dm: _, ...dana } = (await findPerson(world.db, DANA)) ?? expect.fail();
    for (const [now, status] of [
      [{}, 200],
      [{ isGuest: true }, 404],
      [{ deactivated: true }, 404],
    ] as const) {
      await savePeople(world.db, [{ ...dana, ...now }]);
      expect((await get()).status).toBe(status);
    }
  });

  it('is written anew at once where it could not be', async () => {
    const { world, get, file } = await start();
    await file('c-1');
    const broken: Db['alone'] = () => Promise.reject(new Error('away'));
    const { alone } = world.db;
    let calls = 0;
    // Whether somebody may read it takes two reads; the third is of what is planned.
    world.db.alone = (statement) => (calls++ < 2 ? alone(statement) : broken(statement));
    expect((await get()).status).toBe(503);
    world.db.alone = alone;
    expect((await get()).status).toBe(200);
  });
});
