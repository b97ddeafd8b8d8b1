import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Edition } from '../../src/posts/types.ts';
import { drawDuties } from '../../src/slack/features/desk.ts';
import { rate, ratesByCategory } from '../../src/slack/posts/success-rates.ts';
import { POSTS, UPKEEP } from '../../src/slack/posts.ts';
import { SAM } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld } from '../engine/open-world.ts';
import { calendarClock } from '../engine/post-world.ts';
import { texts, WIDEST } from './limits-extremes.ts';
import { wrongInMessage } from './limits-taken.ts';

const period = { key: '2026-W53', start: MONDAY_10, end: MONDAY_10 };
const edition = (post: Edition['post'], words: string): Edition => ({
  ...{ seq: 1, id: `post/${post}/2026-W53`, post, period, due: MONDAY_10, at: MONDAY_10, to: [SAM] },
  says: Array.from({ length: 60 }, (_, n) => `• line ${n} ${'漢'.repeat(300)}`),
  duty: { owners: ['role_0'], deadline: MONDAY_10 },
  ...(words && { done: { by: SAM, at: MONDAY_10, words } }),
});

onSqlite('the posts that ask for something', (open) => {
  test('fit into Slack, whatever is said of them', async () => {
    const world = makeTestWorld(await open(), calendarClock('2026-11-22T12:00:00Z').clock);
    const asking = POSTS.filter(({ id }) => UPKEEP.includes(id));
    expect(asking.length).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(texts(3000), async (words) => {
        for (const post of asking)
          expect(wrongInMessage(await post.draw(world, edition(post.id, words), SAM))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test('the desk takes a dozen of them', () => {
  const many = Array.from({ length: 12 }, (_, n) => edition(UPKEEP[n % UPKEEP.length] ?? 'training', ''));
  const blocks = drawDuties(many);
  expect(wrongInMessage({ text: 'x', blocks })).toEqual([]);
  expect(blocks.length).toBeLessThanOrEqual(13);
  expect(JSON.stringify(blocks.at(-1))).toContain('And 6 more: `/change todo`.');
});

test('rates are said in words, also of nothing', () => {
  expect(rate({})).toBe('no changes');
  expect(rate({ success: 1 })).toBe('100 % of 1 change successful');
  expect(rate({ success: 9, failed: 1, 'rolled back': 2 })).toBe(
    '75 % of 12 changes successful (1 failed, 2 rolled back)',
  );
  const none = { standard: {}, normal: {}, emergency: {} };
  expect(ratesByCategory(WIDEST, none)).toHaveLength(3);
});
