import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishedBetween } from '../../src/db/outcomes.ts';
import { play } from '../change/play.ts';
import { DAY } from '../change/proposals.ts';
import { stories } from '../change/random.ts';
import { onBoth } from './both.ts';
import { lifeWriter } from './write-life.ts';

onBoth('what has ended', (open) => {
  it('is found by when it did, whatever happened to it since', { timeout: 60_000 }, async () => {
    const db = await open();
    const ends: { id: string; at: number }[] = [];
    for (const [n, story] of fc.sample(stories, { numRuns: 60, seed: 5 }).entries()) {
      const end = play(story, () => {});
      if (!end) continue;
      const id = `c-${String(n).padStart(3, '0')}`;
      await lifeWriter(db, id, n)(end.history);
      if ('finishedAt' in end.change) ends.push({ id, at: end.change.finishedAt });
    }
    ends.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const times = [...new Set(ends.map(({ at }) => at))];
    expect(times.length).toBeGreaterThan(2);
    for (const start of [0, ...times])
      for (const end of [...times.slice(-3), start + DAY, start]) {
        const found = await finishedBetween(db, start, end);
        const expected = ends.filter(({ at }) => at >= start && at < end);
        expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }
  });
});
