import { expect, it } from 'vitest';
import { openActions } from '../../src/db/actions.ts';
import { auditRecord } from '../../src/db/audit.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { listMeetings, loadMeeting } from '../../src/db/meetings.ts';
import { drawAgenda, handleMeeting, hearBoardNews, meetingNow, previewOf } from '../../src/engine/board.ts';
import { setUp } from '../../src/engine/setup.ts';
import { LUCIA, PRIYA, WEI } from '../change/company.ts';
import { DAY, HOUR, MONDAY_10 } from '../change/proposals.ts';
import { approves, beforeBoard } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { does } from './give-steps.ts';
import { makeTestWorld, settle } from './open-world.ts';

const WEDNESDAY_14 = MONDAY_10 + 2 * DAY + 4 * HOUR;

onBoth('the meetings of the board', (open) => {
  async function withChange() {
    const world = makeTestWorld(await open());
    await settle(world);
    await setUp(world, { board: 'C02CABBOARD' }, 'docket');
    await does(world, 'c-1', ...beforeBoard);
    return world;
  }

  it('are kept from agenda to minutes in a linked stream, with a row and their action items', async () => {
    const world = await withChange();
    const id = (await drawAgenda(world, 'weekly', WEDNESDAY_14)) ?? '';
    expect(id).toBe('meeting/2026-03-05');
    expect(await drawAgenda(world, 'weekly', WEDNESDAY_14)).toBe(id);
    expect((await loadMeeting(world.db, id))?.state).toMatchObject({
      ...{ status: 'planned', startsAt: WEDNESDAY_14 + DAY, channel: 'C02CABBOARD' },
      items: [{ id: 'c-1', about: 'vote' }],
    });
    expect((await meetingNow(world, world.clock.now()))?.id).toBe(id);
    await handleMeeting(world, id, { type: 'Open' }, PRIYA);
    await does(world, 'c-1', approves(PRIYA));
    await hearBoardNews(world);
    const item = { words: 'Write it down.', owner: LUCIA, due: MONDAY_10 + 9 * DAY };
    await handleMeeting(world, id, { type: 'AddAction', action: 'a-1', item }, WEI);
    const topic = { id: 't-1', about: 'topic', title: 'The winter freeze' } as const;
    await handleMeeting(world, id, { type: 'AddItem', item: topic }, PRIYA);
    await handleMeeting(world, id, { type: 'Close', attendance: [PRIYA, WEI] }, PRIYA);

    const [closed] = await listMeetings(world.db, ['closed']);
    const minutes = closed?.closed?.minutes ?? [];
    expect(minutes).toMatchObject([
      { id: 'c-1', votes: [{ by: PRIYA }] },
      { id: 't-1', notReached: true },
    ]);
    expect(minutes[0]).not.toHaveProperty('notReached');
    expect(await meetingNow(world, world.clock.now())).toBeUndefined();
    expect(await openActions(world.db, { limit: 9 })).toMatchObject([
      { changeId: id, number: '', title: 'Change Advisory Board', requester: WEI, item: { id: 'a-1' } },
    ]);
    expect(await openActions(world.db, { owner: WEI, limit: 9 })).toEqual([]);
    await handleMeeting(world, id, { type: 'CompleteAction', action: 'a-1' }, LUCIA);
    expect(await openActions(world.db, { limit: 9 })).toEqual([]);

    const events = await eventsOf(world.db, id);
    expect(verify(events)).toMatchObject({ ok: true, count: closed ? closed.seq + 1 : 0 });
    expect((await auditRecord(world.db)).breaches).toEqual([]);
  });

  it('are kept once where two open them at the same moment', async () => {
    const world = await withChange();
    const id = (await drawAgenda(world, 'weekly', WEDNESDAY_14)) ?? '';
    const both = await Promise.all([
      handleMeeting(world, id, { type: 'Open' }, PRIYA),
      handleMeeting(world, id, { type: 'Open' }, PRIYA),
    ]);
    expect(both.map(({ added }) => added).sort()).toEqual([0, 2]);
  });

  it('can be looked ahead to before the agenda is drawn, which leaves nothing behind', async () => {
    const world = await withChange();
    expect(await previewOf(world)).toMatchObject({ items: [{ id: 'c-1' }], startsAt: WEDNESDAY_14 + DAY });
    expect(await listMeetings(world.db, ['planned'])).toEqual([]);
  });

  it('are looked ahead to past one that has been skipped or closed before its hour', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    await setUp(world, { board: 'C02CABBOARD' }, 'docket');
    const id = (await drawAgenda(world, 'weekly', WEDNESDAY_14)) ?? '';
    expect((await loadMeeting(world.db, id))?.state.status).toBe('skipped');
    expect(await meetingNow(world, world.clock.now())).toBeUndefined();
    expect(await previewOf(world)).toMatchObject({ status: 'planned', startsAt: WEDNESDAY_14 + 8 * DAY });
  });

  it('meet where changes are announced as long as nobody has chosen a channel for the board', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    await setUp(world, { announceIn: 'C02CHANGES2' }, 'docket');
    await does(world, 'c-1', ...beforeBoard);
    const id = (await drawAgenda(world, 'weekly', WEDNESDAY_14)) ?? '';
    expect((await loadMeeting(world.db, id))?.state.channel).toBe('C02CHANGES2');
  });

  it('are the next one no more once their day is long over, although nobody has said so yet', async () => {
    const world = await withChange();
    const id = (await drawAgenda(world, 'weekly', WEDNESDAY_14)) ?? '';
    const at = WEDNESDAY_14 + DAY;
    expect((await meetingNow(world, at + 12 * HOUR))?.id).toBe(id);
    expect(await meetingNow(world, at + 2 * DAY)).toBeUndefined();
  });

  it('of a process review have the topics of the policy', async () => {
    const world = await withChange();
    const id = (await drawAgenda(world, 'process review', MONDAY_10)) ?? '';
    const items = (await loadMeeting(world.db, id))?.state.items ?? [];
    expect(items.map(({ title }) => title)).toEqual(world.policy.board.processReview?.topics);
  });
});
