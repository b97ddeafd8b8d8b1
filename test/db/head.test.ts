import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { headOf } from '../../src/db/audit.ts';
import type { Db } from '../../src/db/db.ts';
import { onBoth } from './both.ts';

const STREAMS = 6_000;
/** In the order of their characters' codes these stand elsewhere than in that of a language. */
const BEFORE = ['Zoe', 'a', 'B', 'é', 'e', 'Ü-1', '_', 'post/1', 'post-1'];

async function fill({ q, t: { events } }: Db, names: readonly string[]): Promise<void> {
  const nothing = { type: 'x', actor: 'docket', data: '{}', prev: '' };
  for (let i = 0; i < names.length; i += 500)
    await q.insert(events).values(
      names.slice(i, i + 500).flatMap((stream) => [
        { ...nothing, stream, seq: 1, at: 1, hash: `${stream}/1` },
        { ...nothing, stream, seq: 2, at: 2, hash: `${stream}/2` },
      ]),
    );
}

onBoth('the head of a record', (open) => {
  it('covers every stream in the order of their characters’ codes, a part of their names at a time', async () => {
    const db = await open();
    const names = Array.from({ length: STREAMS }, (_, n) => `${BEFORE[n % BEFORE.length]}-${n}`);
    await fill(db, names);
    let most = 0;
    const counting: Db = {
      ...db,
      async alone(statement) {
        const rows = await db.alone(statement);
        most = Math.max(most, Array.isArray(rows) ? rows.length : 0);
        return rows;
      },
    };
    const digest = createHash('sha256');
    for (const name of [...names].sort()) digest.update(JSON.stringify([name, 2, `${name}/2`]));
    expect(await headOf(counting, 2)).toEqual({
      until: 2,
      events: 2 * STREAMS,
      digest: digest.digest('hex'),
    });
    // All at once take longer than a statement may, once there are millions of events.
    expect(most).toBeLessThan(STREAMS);
  });
});
