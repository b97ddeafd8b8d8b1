import { describe, expect, test } from 'vitest';
import { dueForBoard, itemOf } from '../../src/board/agenda.ts';
import { decideMeeting } from '../../src/board/decide.ts';
import { meetingEffects } from '../../src/board/effects.ts';
import { evolveMeeting } from '../../src/board/evolve.ts';
import { seenAt, toldAndLeft, withoutResult } from '../../src/board/minutes.ts';
import { minutesMarkdown } from '../../src/board/minutes-markdown.ts';
import type {
  Item,
  Meeting,
  MeetingEvent,
  MeetingFacts,
  MeetingIntent,
  Plan,
} from '../../src/board/types.ts';
import { decidedIn } from '../../src/change/decided.ts';
import { Refusal } from '../../src/change/refusal.ts';
import type { Change } from '../../src/change/types.ts';
import { drawMinutes } from '../../src/slack/board/minutes-card.ts';
import { DANA, facts, GRACE, holders, LUCIA, NADIA, PRIYA, SAM, TOMAS, WEI } from '../change/company.ts';
import { type Given, given } from '../change/given.ts';
import { DAY, HOUR, MONDAY_10 } from '../change/proposals.ts';
import {
  abstains,
  approvedNormal,
  approves,
  beforeBoard,
  cancels,
  defers,
  recuses,
  rejects,
  type Step,
  withdraws,
} from '../change/steps.ts';

const ID = 'meeting/2026-03-05';
const board = facts().policy.categories.normal.stages.find(({ kind }) => kind === 'vote');
if (!board) throw new Error('the guide has a board');
const PLAN: Plan = {
  ...{ kind: 'weekly', title: board.title, seats: board.seats.map((seat) => ({ ...seat })), chair: 'chair' },
  ...{ channel: 'C02CABBOARD', startsAt: MONDAY_10 + 3 * DAY, minutes: 60 },
  remindAt: MONDAY_10 + 3 * DAY - HOUR / 4,
};
const TOPIC: Item = { id: 't-1', about: 'topic', title: 'The winter freeze' };

/** A change before the board, after these votes. */
function voted(...votes: Step[]): Given {
  return given(...beforeBoard, ...votes);
}

/** A meeting and the changes that there are. */
class Held {
  readonly meeting: Meeting | undefined;
  readonly world: MeetingFacts;
  readonly last: MeetingEvent[];
  constructor(meeting: Meeting | undefined, world: MeetingFacts, last: MeetingEvent[] = []) {
    this.meeting = meeting;
    const called = last.flatMap((event) => (event.type === 'ItemCalled' ? event.item : []));
    this.world = { ...world, reached: new Set([...world.reached, ...called]) };
    this.last = last;
  }
  /** The same, with these changes as they are now. */
  when(...changes: Change[]): Held {
    return new Held(this.meeting, { ...worldOf(changes), reached: this.world.reached });
  }
  does(by: string, intent: MeetingIntent, at = MONDAY_10): Held {
    const events = decideMeeting(this.meeting, { ...intent, by, at }, this.world);
    const meeting = events.reduce<Meeting | undefined>(
      (state, event) => evolveMeeting(state, event, ID),
      this.meeting,
    );
    return new Held(meeting, this.world, events);
  }
  refuses(by: string, intent: MeetingIntent): string {
    try {
      this.does(by, intent);
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    return 'not refused';
  }
  get now(): Meeting {
    return this.meeting ?? expect.fail('there is no meeting');
  }
  get types(): string[] {
    return this.last.map(({ type }) => type);
  }
}

function worldOf(changes: Change[]): MeetingFacts {
  const { policy } = facts();
  const byId = new Map(changes.map((change) => [change.id, change]));
  return { policy, holders: holders(), due: dueForBoard(changes), changes: byId, reached: new Set() };
}

const drawn = (...changes: Change[]) => {
  const world = worldOf(changes);
  return new Held(undefined, world).does('docket', { type: 'DrawAgenda', plan: PLAN, items: world.due });
};
const withTopic = () => drawn(voted().change).does(PRIYA, { type: 'AddItem', item: TOPIC });
const opened = () => withTopic().does(PRIYA, { type: 'Open' });

describe('an agenda', () => {
  test('has what waits for the board, once', () => {
    const { now } = drawn(voted().change);
    expect(now.items).toEqual([itemOf(voted().change, 'vote')]);
    expect(now.status).toBe('planned');
    const second = { ...voted().change, id: 'c-2', number: 'CR-2026-002' };
    expect(drawn(second, voted().change).now.items.map(({ id }) => id)).toEqual(['c-1', 'c-2']); // due together
    const again = drawn(voted().change).does('docket', { type: 'DrawAgenda', plan: PLAN, items: [] });
    expect(again.last).toEqual([]);
  });

  test('that is empty is no meeting', () => {
    const { now, types } = drawn();
    expect(types).toEqual(['AgendaDrawn', 'MeetingSkipped']);
    expect(now).toMatchObject({ status: 'skipped', skipped: 'nothing to decide' });
  });

  test('is left by what is decided early, and joined by what comes', () => {
    const late = drawn().when(voted().change);
    expect(late.does('docket', { type: 'BringUpToDate' }).last).toEqual([]);
    const approved = voted(approves(PRIYA), approves(WEI), approves(GRACE), approves(LUCIA)).change;
    const after = withTopic().when(approved).does('docket', { type: 'BringUpToDate' });
    expect(after.now.items).toEqual([TOPIC]);
    expect(after.now.early).toMatchObject([{ id: approved.id, result: 'approved' }]);
    expect(after.does('docket', { type: 'BringUpToDate' }).last).toEqual([]);
    const back = after.when(voted().change).does('docket', { type: 'BringUpToDate' });
    expect(back.now.items.map(({ id }) => id)).toEqual([TOPIC.id, approved.id]);
    expect(back.now.early).toEqual([]);
  });

  test('shows the votes as they come', () => {
    const before = drawn(voted().change);
    const after = before.when(voted(approves(PRIYA)).change).does('docket', { type: 'BringUpToDate' });
    expect(after.types).toEqual(['AgendaUpdated']);
    expect(after.now.items[0]?.seen).toBe(voted(approves(PRIYA)).change.seq);
  });

  test('is arranged by who leads the board; what is off stays off', () => {
    const two = withTopic();
    expect(two.refuses(WEI, { type: 'MoveItem', item: TOPIC.id, to: 'first' })).toBe('not your role');
    expect(two.refuses(WEI, { type: 'AddItem', item: { ...TOPIC, id: 't-2' } })).toBe('not your role');
    expect(two.does(NADIA, { type: 'MoveItem', item: TOPIC.id, to: 'first' }).now.items[0]).toEqual(TOPIC);
    const off = two.does(PRIYA, { type: 'MoveItem', item: 'c-1', to: 'off' });
    expect(off.now).toMatchObject({ items: [TOPIC], removed: ['c-1'] });
    const news = off.when(voted(approves(PRIYA)).change).does('docket', { type: 'BringUpToDate' });
    expect(news.last).toEqual([]);
    expect(off.does(PRIYA, { type: 'AddItem', item: itemOf(voted().change, 'vote') }).now.removed).toEqual(
      [],
    );
    expect(two.does(PRIYA, { type: 'AddItem', item: TOPIC }).last).toEqual([]);
  });
});

describe('a meeting', () => {
  test('reminds its members once, for its own time; not where everything is decided', () => {
    const remind = { type: 'RemindMembers', startsAt: PLAN.startsAt } as const;
    const told = drawn(voted().change).does('docket', remind);
    expect(told.last).toMatchObject([
      { type: 'MeetingReminded', people: expect.arrayContaining([PRIYA, WEI]) },
    ]);
    expect(told.does('docket', remind).last).toEqual([]);
    expect(drawn(voted().change).does('docket', { ...remind, startsAt: 1 }).last).toEqual([]);
    const approved = voted(approves(PRIYA), approves(WEI), approves(GRACE), approves(LUCIA)).change;
    const empty = drawn(voted().change).when(approved).does('docket', { type: 'BringUpToDate' });
    expect(empty.does('docket', remind).types).toEqual(['MeetingSkipped']);
  });

  test('is opened by the chair or the overseer, and begins with the first item', () => {
    expect(withTopic().refuses(WEI, { type: 'Open' })).toBe('not your role');
    expect(withTopic().does(NADIA, { type: 'Open' }).now.current).toBe('c-1');
    const { now, types } = opened();
    expect(types).toEqual(['MeetingOpened', 'ItemCalled']);
    expect(now).toMatchObject({ status: 'open', current: 'c-1', attendance: [PRIYA] });
    expect(opened().does(PRIYA, { type: 'Open' }).last).toEqual([]);
    expect(drawn().refuses(PRIYA, { type: 'Open' })).toBe('not now');
  });

  test('goes on to another item, keeps what is decided in it, and takes what is said', () => {
    const approved = voted(approves(PRIYA), approves(WEI), approves(GRACE), approves(LUCIA)).change;
    const decided = opened().when(approved).does('docket', { type: 'BringUpToDate' });
    expect(decided.now.items[0]).toMatchObject({ id: 'c-1', result: 'approved' });
    // Whatever becomes of it since.
    const cancelled = given(...approvedNormal, cancels(DANA)).change;
    const since = opened().when(cancelled).does('docket', { type: 'BringUpToDate' });
    expect(since.now.items[0]).toMatchObject({ id: 'c-1', result: 'approved' });
    const withdrawn = voted(approves(PRIYA), withdraws(DANA)).change;
    const gone = opened().when(withdrawn).does('docket', { type: 'BringUpToDate' });
    expect(gone.now.items[0]).toMatchObject({ result: 'no longer before the board' });
    expect(decided.refuses(WEI, { type: 'Call', item: TOPIC.id })).toBe('not your role');
    expect(decided.does(PRIYA, { type: 'Call', item: TOPIC.id }).now.current).toBe(TOPIC.id);
    expect(decided.refuses(PRIYA, { type: 'Call', item: 'gone' })).toBe('unknown');
    expect(decided.refuses(PRIYA, { type: 'MoveItem', item: 'c-1', to: 'off' })).toBe('not now');
    const here = decided.does(SAM, { type: 'Attend' });
    expect(here.does(SAM, { type: 'Attend' }).last).toEqual([]);
    const remark = { type: 'Remark', remark: 'r-1', item: 'c-1', words: 'Watch the replica.' } as const;
    expect(decided.refuses(SAM, remark)).toBe('not your role');
    const said = here.does(SAM, remark);
    expect(said.does(SAM, remark).last).toEqual([]);
    expect(here.refuses(SAM, { ...remark, remark: 'r-2', words: ' ' })).toBe('incomplete');
    const [event] = said.last;
    expect(event && meetingEffects(event, said.now)).toMatchObject([
      { do: 'command', stream: 'c-1', intent: { type: 'Advise', person: SAM, words: 'Watch the replica.' } },
      { do: 'redraw' },
    ]);
    const topical = here.does(SAM, { ...remark, remark: 'r-3', item: TOPIC.id });
    const [about] = topical.last;
    expect(about && meetingEffects(about, topical.now)).toEqual([{ do: 'redraw' }]);
  });

  test('takes who is there and what is said only while it is open, and nothing once it is over', () => {
    const remark = { type: 'Remark', remark: 'r', item: TOPIC.id, words: 'Slowly.' } as const;
    const closed = opened().does(PRIYA, { type: 'Close', attendance: [LUCIA] });
    for (const held of [withTopic(), closed]) {
      expect(held.refuses(LUCIA, { type: 'Attend' })).toBe('not now');
      expect(held.refuses(LUCIA, remark)).toBe('not now');
    }
    expect(closed.refuses(PRIYA, { type: 'AddItem', item: { ...TOPIC, id: 't-2' } })).toBe('not now');
    expect(closed.refuses(PRIYA, { type: 'MoveItem', item: TOPIC.id, to: 'off' })).toBe('not now');
  });

  test('ends with minutes that stay as they were written', () => {
    const change = voted(
      recuses(WEI),
      defers(GRACE),
      approves(PRIYA),
      approves(LUCIA),
      approves(TOMAS),
    ).change;
    const said = opened().does(LUCIA, { type: 'Remark', remark: 'r', item: 'c-1', words: 'Slowly.' });
    expect(said.refuses(WEI, { type: 'Close', attendance: [] })).toBe('not your role');
    const closed = said.when(change).does(PRIYA, { type: 'Close', attendance: [PRIYA, WEI, WEI] });
    expect(closed.now).toMatchObject({ status: 'closed', attendance: [PRIYA, WEI] });
    expect(closed.now.closed?.minutes).toMatchObject([
      {
        ...{ id: 'c-1', result: 'approved', remarks: [{ by: LUCIA, words: 'Slowly.' }] },
        votes: [
          { by: WEI, role: 'infrastructure_architect', verdict: 'recuse', words: 'My wife sells it.' },
          { by: GRACE, verdict: 'defer', words: 'After the rehearsal.' },
          ...[PRIYA, LUCIA, TOMAS].map((by) => ({ by, verdict: 'approve' })),
        ],
      },
      { id: TOPIC.id, votes: [] },
    ]);
    expect(closed.does(PRIYA, { type: 'Close', attendance: [] }).last).toEqual([]);
    expect(closed.when(voted().change).does('docket', { type: 'BringUpToDate' }).last).toEqual([]);
    expect(closed.refuses(PRIYA, { type: 'Call', item: 'c-1' })).toBe('not now');
  });

  test('knows who was there by what they did in it, and marks the votes of those who were not', () => {
    const { change } = voted(approves(WEI), approves(GRACE), approves(PRIYA));
    const [first, second] = decidedIn(change, 'votes');
    const start = second?.at ?? 0;
    expect(first?.at).toBeLessThan(start);
    const held = withTopic()
      .does(PRIYA, { type: 'Open' }, start)
      .does(LUCIA, { type: 'Remark', remark: 'r', item: TOPIC.id, words: 'Slowly.' }, start)
      .when(change);
    expect(seenAt(held.now, held.world.changes)).toEqual([PRIYA, GRACE, LUCIA]);
    const { now } = held.does(PRIYA, { type: 'Close', attendance: [PRIYA] });
    expect(now.closed?.minutes[0]?.votes).toMatchObject([
      { by: WEI, apart: 'beforehand' },
      { by: GRACE, apart: 'from elsewhere' },
      { by: PRIYA },
    ]);
    expect(now.closed?.minutes[0]?.votes[2]).not.toHaveProperty('apart');
    expect(minutesMarkdown(now, facts().policy, (person) => person)).toContain('approved, beforehand');
  });

  test('says of what was put off by whom and until when, and of what was not decided so', () => {
    const put = voted(defers(WEI), defers(GRACE), defers(LUCIA), abstains(PRIYA)).change;
    const closed = opened().when(put).does(PRIYA, { type: 'Close', attendance: [] });
    expect(closed.now.closed?.minutes[0]).toMatchObject({
      ...{ result: 'deferred', until: put.status === 'deferred' ? put.deferred.until : 0 },
      votes: [{ by: WEI }, { by: GRACE }, { by: LUCIA }, { by: PRIYA, verdict: 'abstain' }],
    });
    const open = opened()
      .when(voted(rejects(PRIYA)).change)
      .does(PRIYA, { type: 'Close', attendance: [] });
    expect(open.now.closed?.minutes[0]).toMatchObject({ votes: [{ by: PRIYA, verdict: 'reject' }] });
    expect(open.now.closed?.minutes[0]?.result).toBeUndefined();
    const told = (about: Item['about']) => {
      const closed = open.now.closed ?? expect.fail();
      const minutes = closed.minutes.slice(0, 1).map((minute) => ({ ...minute, about }));
      const meeting = { ...open.now, closed: { ...closed, minutes } };
      const card = JSON.stringify(drawMinutes(meeting, facts().policy).blocks);
      return [card, minutesMarkdown(meeting, facts().policy, (person) => person)];
    };
    for (const words of told('vote')) expect(words).toContain('*not decided*');
    for (const words of told('review')) expect(words).toContain('*not reviewed*');
    for (const words of told('topic')) expect(words).toContain('*talked about*');
  });

  test('keeps in its minutes what was taken off its agenda, by whom, and what had been said about it', () => {
    const topics = ['t-2', 't-3'].map((id) => ({ ...TOPIC, id, title: `About ${id}` }));
    const open = topics
      .reduce((all, item) => all.does(PRIYA, { type: 'AddItem', item }), drawn(voted(approves(WEI)).change))
      .does(PRIYA, { type: 'Open' })
      .does(PRIYA, { type: 'Remark', remark: 'r-1', item: 'c-1', words: 'Not before the rehearsal.' })
      .does(PRIYA, { type: 'Call', item: 't-2' });
    const off = open
      .does(PRIYA, { type: 'MoveItem', item: 'c-1', to: 'off' })
      .does(NADIA, { type: 'MoveItem', item: 't-3', to: 'off' });
    // Somebody was still writing.
    const late = off.does(LUCIA, { type: 'Remark', remark: 'r-2', item: 'c-1', words: 'Ask the vendor.' });
    const [said] = late.last;
    expect(said && meetingEffects(said, late.now)).toMatchObject([{ stream: 'c-1' }, { do: 'redraw' }]);
    const closed = late.does(PRIYA, { type: 'Close', attendance: [PRIYA] });
    expect(closed.now.closed?.minutes).toMatchObject([
      { id: 't-2' },
      {
        ...{ id: 'c-1', off: { by: PRIYA, role: 'devops_lead' }, votes: [] },
        remarks: [{ words: 'Not before the rehearsal.' }, { words: 'Ask the vendor.' }],
      },
      { id: 't-3', off: { by: NADIA, role: 'change_manager' }, remarks: [] },
    ]);
    const document = minutesMarkdown(closed.now, facts().policy, (person) => person) ?? '';
    const card = JSON.stringify(drawMinutes(closed.now, facts().policy).blocks);
    expect(document).toContain(`**taken off the agenda**, by ${PRIYA} (DevOps lead)`);
    expect(document).toContain(
      `## Taken off the agenda\n\n- Topic About t-3, by ${NADIA} (Change manager)\n`,
    );
    expect(card).toContain(`*taken off the agenda by <@${PRIYA}>*`);
    expect(card).toContain('*Taken off the agenda*: 1\\n• About t-3');
    for (const words of [document, card])
      for (const each of ['Not before the rehearsal.', 'Ask the vendor.']) expect(words).toContain(each);
    const item = itemOf(voted().change, 'vote');
    const again = late.does(PRIYA, { type: 'AddItem', item }).does(PRIYA, { type: 'Close', attendance: [] });
    const back = again.now.closed?.minutes.filter(({ id }) => id === 'c-1');
    expect(back).toMatchObject([{ id: 'c-1', remarks: [{}, {}] }]);
    expect(back?.[0]).not.toHaveProperty('off');
  });

  test('folds a record of old, which does not say in which role something was taken off, to what its row says', () => {
    const moved = { type: 'ItemMoved', by: PRIYA, at: MONDAY_10, item: 'c-1', to: 'off' } as const;
    const folded = evolveMeeting(withTopic().now, moved, ID);
    expect(folded).not.toHaveProperty('off');
    expect(folded.removed).toEqual(['c-1']);
  });

  test('says in its minutes what it did not come to, and only names what was left without a word', () => {
    const [first, third] = [
      voted(approves(PRIYA)).change,
      { ...voted().change, id: 'c-3', number: 'CR-2026-003' },
    ];
    const items = ['t-2', 't-3', 't-4'].map((id) => ({ ...TOPIC, id, title: `About ${id}` }));
    const held = items
      .reduce((all, item) => all.does(PRIYA, { type: 'AddItem', item }), drawn(first, third))
      .does(PRIYA, { type: 'Open' })
      .does(PRIYA, { type: 'Call', item: 't-2' })
      .does(PRIYA, { type: 'Remark', remark: 'r', item: 't-3', words: 'Next time.' })
      .does(PRIYA, { type: 'Close', attendance: [PRIYA] });
    const minutes = held.now.closed?.minutes ?? [];
    expect(minutes.map(({ id, notReached }) => [id, notReached])).toEqual([
      ...[['c-1', undefined] as const, ['c-3', true] as const, ['t-2', undefined] as const],
      ...[['t-3', true] as const, ['t-4', true] as const],
    ]);
    const { told, left } = toldAndLeft(minutes);
    expect(told.map((minute) => [minute.id, withoutResult(minute)])).toEqual([
      ...[['c-1', 'not decided'] as const, ['t-2', 'talked about'] as const, ['t-3', 'not reached'] as const],
    ]);
    expect(left.map(([words, of]) => [words, of.map(({ id }) => id)])).toEqual([
      ['Not reached, not decided', ['c-3']],
      ['Not reached', ['t-4']],
    ]);
    const document = minutesMarkdown(held.now, facts().policy, (person) => person) ?? '';
    const card = JSON.stringify(drawMinutes(held.now, facts().policy).blocks);
    expect(document).toContain('## Not reached\n\n- Topic About t-4\n');
    expect(card).toContain('*Not reached*: 1\\n• About t-4');
    for (const words of [document, card]) {
      expect(words).toContain('Next time.');
      for (const { title } of minutes) expect(words).toContain(title);
    }
    // Minutes of old do not say what was reached.
    const old = minutes.map(({ notReached: _, ...minute }) => minute);
    expect(toldAndLeft(old).told.map(({ id }) => id)).toEqual(['c-1', 't-2', 't-3', 't-4']);
  });

  test('that nobody opens is over a day later, and one left open is asked after', () => {
    const lapse = { type: 'Lapse', startsAt: PLAN.startsAt } as const;
    expect(withTopic().does('docket', lapse).last).toMatchObject([
      { type: 'MeetingSkipped', why: 'nobody opened it', people: [PRIYA, NADIA] },
    ]);
    expect(opened().does('docket', lapse).last).toMatchObject([
      { type: 'MeetingReminded', people: [PRIYA, NADIA] },
    ]);
    expect(withTopic().does('docket', { ...lapse, startsAt: 2 }).last).toEqual([]);
  });

  test('that was left open is asked after every day until somebody closes it', () => {
    const lapse = { type: 'Lapse', startsAt: PLAN.startsAt } as const;
    const at = PLAN.startsAt + DAY;
    const asked = opened().does('docket', lapse, at);
    const again = (held: Held) => held.last.flatMap((event) => meetingEffects(event, held.now));
    expect(again(asked)).toEqual([
      ...[PRIYA, NADIA].map((to) => ({ do: 'note', to, calm: true })),
      { do: 'timer', at: at + DAY, intent: lapse },
    ]);
    expect(again(asked.does('docket', lapse, at + DAY))).toContainEqual({
      ...{ do: 'timer', at: at + 2 * DAY, intent: lapse },
    });
    const closed = asked.does(PRIYA, { type: 'Close', attendance: [] });
    expect(closed.does('docket', lapse, at + DAY).last).toEqual([]);
    const told = drawn(voted().change).does('docket', { type: 'RemindMembers', startsAt: PLAN.startsAt });
    expect(again(told).filter((effect) => effect.do === 'timer')).toEqual([]);
  });

  test('is called off by who leads it, while it has not begun', () => {
    expect(withTopic().refuses(WEI, { type: 'CallOff' })).toBe('not your role');
    const off = withTopic().does(PRIYA, { type: 'CallOff' });
    expect(off.now).toMatchObject({ status: 'skipped', skipped: 'called off' });
    expect(off.does(PRIYA, { type: 'CallOff' }).last).toEqual([]);
    expect(opened().refuses(PRIYA, { type: 'CallOff' })).toBe('not now');
  });

  test('keeps in which role it was called, arranged, opened, led, closed or called off, and for whom', () => {
    const away = { holders: holders({ devops_lead: [PRIYA, { person: SAM, for: PRIYA }] }) };
    const { meeting, world } = withTopic();
    const planned = new Held(meeting, { ...world, ...away });
    const asPriya = { by: SAM, role: 'devops_lead', for: PRIYA };
    expect(planned.does(SAM, { type: 'CallOff' }).last).toMatchObject([asPriya]);
    const called = new Held(undefined, planned.world).does(SAM, {
      type: 'DrawAgenda',
      plan: PLAN,
      items: [TOPIC],
    });
    expect(called.last).toMatchObject([asPriya]);
    expect(called.now).not.toHaveProperty('role');
    const added = planned.does(SAM, { type: 'AddItem', item: { ...TOPIC, id: 't-2' } });
    expect(added.last).toMatchObject([{ type: 'ItemAdded', ...asPriya }]);
    const moved = planned.does(NADIA, { type: 'MoveItem', item: TOPIC.id, to: 'first' });
    expect(moved.last).toMatchObject([{ type: 'ItemMoved', by: NADIA, role: 'change_manager' }]);
    const open = planned.does(SAM, { type: 'Open' });
    expect(open.last).toMatchObject([
      { type: 'MeetingOpened', ...asPriya },
      { type: 'ItemCalled', ...asPriya },
    ]);
    const next = open.does(NADIA, { type: 'Call', item: TOPIC.id });
    expect(next.last).toMatchObject([{ type: 'ItemCalled', by: NADIA, role: 'change_manager' }]);
    const item = { words: 'Write it down.', owner: LUCIA, due: MONDAY_10 + 7 * DAY };
    const todo = open.does(WEI, { type: 'AddAction', action: 'a', item });
    for (const who of [LUCIA, WEI])
      expect(todo.does(who, { type: 'CompleteAction', action: 'a' }).last[0]).not.toHaveProperty('role');
    const done = todo.does(NADIA, { type: 'CompleteAction', action: 'a' });
    expect(done.last).toMatchObject([{ by: NADIA, role: 'change_manager' }]);
    const { now } = done.does(NADIA, { type: 'Close', attendance: [] });
    expect(now).toMatchObject({ opened: asPriya, closed: { by: NADIA, role: 'change_manager' } });
    const document = minutesMarkdown(now, facts().policy, (person) => person) ?? '';
    expect(document).toContain(`opened by ${SAM} (DevOps lead) on behalf of ${PRIYA}, closed by ${NADIA}`);
    expect(document).toContain(`, done by ${NADIA} (Change manager)`);
  });

  test('has action items of its own, which are done once and chased until then', () => {
    const item = { words: 'Write it down.', owner: LUCIA, due: MONDAY_10 + 7 * DAY };
    expect(withTopic().refuses(PRIYA, { type: 'AddAction', action: 'a', item })).toBe('not now');
    expect(opened().refuses(SAM, { type: 'AddAction', action: 'a', item })).toBe('not your role');
    expect(opened().refuses(PRIYA, { type: 'AddAction', action: 'a', item: {} })).toBe('incomplete');
    const added = opened().does(WEI, { type: 'AddAction', action: 'a', item });
    expect(added.does(WEI, { type: 'AddAction', action: 'a', item }).last).toEqual([]);
    const chase = { type: 'ChaseAction', action: 'a', due: item.due } as const;
    const chased = added.does('docket', chase, item.due);
    expect(chased.last).toMatchObject([{ type: 'ActionChased', people: [LUCIA] }]);
    expect(chased.does('docket', chase, item.due).last).toEqual([]);
    expect(added.refuses(GRACE, { type: 'CompleteAction', action: 'a' })).toBe('not your role');
    const done = added.does(LUCIA, { type: 'CompleteAction', action: 'a' });
    expect(done.does(WEI, { type: 'CompleteAction', action: 'a' }).last).toEqual([]);
    expect(done.does('docket', chase, item.due).last).toEqual([]);
  });

  test('is called at once by who leads the board alone', () => {
    const start = new Held(undefined, worldOf([voted().change]));
    const call: MeetingIntent = { type: 'DrawAgenda', plan: { ...PLAN, kind: 'ad hoc' }, items: [TOPIC] };
    expect(start.refuses(WEI, call)).toBe('not your role');
    const held = start.does(PRIYA, call);
    expect(held.does('docket', { type: 'BringUpToDate' }).now.items).toEqual([TOPIC]);
  });
});
