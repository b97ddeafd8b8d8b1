import { expect, it } from 'vitest';
import { handle } from '../../src/engine/handle.ts';
import { DANA, JONAS } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { filed, headline } from './steps.ts';

it('posts the card of a change anew when somebody has deleted it and there is something to say under it', async () => {
  const { slack, docket, log } = await openDocket();
  const dana = slack.as('dana');
  const { id, number } = await filed(docket, DANA, 'standard');
  await docket.delivery.idle();
  const first = await headline(dana, number);
  expect(dana.thread(first).length).toBeGreaterThan(0);
  slack.deleteMessage(first.channel, first.ts);

  await handle(docket.world, id, { type: 'Withdraw' }, DANA);
  await slack.clock.advanceTo(slack.clock.now() + 60_000);
  await docket.delivery.idle();
  const second = await headline(dana, number);
  expect(second.ts).not.toBe(first.ts);
  expect(dana.read(second)).toMatch(/Withdrawn by/);
  expect(dana.thread(second).map((reply) => dana.read(reply))).toEqual([expect.stringMatching(/withdr/i)]);
  // Only once, and nobody is called for it.
  const posted = slack.messages().filter(({ channel, threadTs }) => channel === first.channel && !threadTs);
  expect(posted).toHaveLength(1);
  expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it('does not take several that were deleted for Slack being away', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const changes = [];
  for (let n = 0; n < 8; n++) changes.push(await filed(docket, DANA, 'standard', { title: `Change ${n}` }));
  await docket.delivery.idle();
  for (const { number } of changes) {
    const card = await headline(dana, number);
    slack.deleteMessage(card.channel, card.ts);
  }
  const words = 'Which key?';
  await Promise.all(
    changes.map(({ id }) => handle(docket.world, id, { type: 'Ask', question: 'q', words }, JONAS)),
  );
  await docket.delivery.idle();
  const { db } = docket.world;
  const rows = await db.q.select({ why: db.t.outbox.lastError }).from(db.t.outbox);
  expect(rows.filter(({ why }) => why === 'Slack is away')).toEqual([]);
});
