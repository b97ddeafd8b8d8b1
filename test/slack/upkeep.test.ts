import { expect, it } from 'vitest';
import { eventsOf } from '../../src/db/ledger.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import { NADIA } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';

/** Waits for a direct message with these words. */
function dm(hand: Hand, words: string): Promise<Message> {
  return hand.eventually(() => hand.dms().find((each) => hand.read(each).includes(words)));
}

it('asks for the review of a quarter, chases it, and records what came of it', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, dana] = [slack.as('nadia'), slack.as('dana')];
  await slack.clock.advanceTo(Date.UTC(2027, 0, 19, 12));
  const card = await dm(nadia, 'Review of the change process, fourth quarter of 2026');
  expect(nadia.read(card)).toContain('The quarter, as the record has it');
  expect(nadia.read(card)).toContain('/change evidence 2026-Q4');
  await nadia.command('/change desk');
  const desk = await nadia.eventually(() => nadia.ephemerals().at(-1));
  expect(nadia.read(desk)).toContain('Review of the change process, fourth quarter of 2026: to be done by');
  expect(dana.dms().some((each) => dana.read(each).includes('Review of the change process'))).toBe(false);

  await slack.clock.advanceTo(Date.UTC(2027, 1, 16, 12));
  const chase = await dm(nadia, 'Review of the change process, fourth quarter of 2026 is due');
  expect(await nadia.press(chase, 'Done…')).toEqual({ ok: true });
  const form = await nadia.opened('Done');
  await form.fill({ 'What was done, and what came of it?': 'We met. *Two stages* become one.' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await nadia.eventually(() => nadia.read(card).includes('Done by @Nadia Rossi'));
  expect(nadia.read(card)).toContain('Two stages');
  expect(nadia.read(card)).not.toContain('[Done…]');
  const rows = await eventsOf(docket.world.db, 'post/quarterly_process_review/2026-Q4');
  expect(rows.at(-1)).toMatchObject({ type: 'DutyDone', actor: NADIA });

  // Once is enough, and it is chased no more.
  expect(await nadia.press(chase, 'Done…')).toEqual({ ok: true });
  const again = await nadia.opened('Done');
  await again.fill({ 'What was done, and what came of it?': 'Again.' });
  expect((await again.submit()).outcome).toBe('errors');
  const before = nadia.dms().filter((each) => nadia.read(each).includes('fourth quarter of 2026')).length;
  await slack.clock.advanceTo(Date.UTC(2027, 2, 16, 12));
  expect(nadia.dms().filter((each) => nadia.read(each).includes('fourth quarter of 2026'))).toHaveLength(
    before,
  );
});

it('has the workflows reviewed once a year, with who is asked now, and everybody trained twice', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, klaus, dana] = [slack.as('nadia'), slack.as('klaus'), slack.as('dana')];
  await slack.clock.advanceTo(START + 300 * DAY);
  const review = await dm(nadia, 'Review of the approval workflows, 2027');
  expect(nadia.read(review)).toContain('Technical review: @Priya Raman');
  // Of a board whoever sits on each seat, so that nobody is overlooked.
  expect(nadia.read(review)).toContain(
    'Change Advisory Board: DevOps lead (chair) @Priya Raman; Development lead @Lucía Moreno;',
  );
  await dm(klaus, 'Review of the approval workflows, 2027');
  const rows = await docket.world.db.q.select().from(docket.world.db.t.posts);
  const of = (post: string) =>
    rows
      .filter((row) => row.post === post)
      .map(({ id }) => id.split('/')[2])
      .sort();
  expect(of('training')).toEqual(['2027-H1', '2027-H2']);
  expect(of('annual_workflow_review')).toEqual(['2027']);
  expect(of('quarterly_process_review')).toEqual(['2026-Q4', '2027-Q1', '2027-Q2']);
  const channel = dana
    .messages('changes')
    .filter((each) => dana.read(each).includes('Training on change procedures'));
  expect(channel).toHaveLength(2);
}, 120_000);
