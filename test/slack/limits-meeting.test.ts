import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemOf } from '../../src/board/agenda.ts';
import { minutesOf } from '../../src/board/minutes.ts';
import type { Meeting, MeetingEvent } from '../../src/board/types.ts';
import type { Change, Verdict } from '../../src/change/types.ts';
import type { Finished } from '../../src/db/outcomes.ts';
import type { AgendaView } from '../../src/engine/agenda-view.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { cut } from '../../src/slack/blocks/format.ts';
import { drawAgenda } from '../../src/slack/board/agenda-card.ts';
import { agendaTable } from '../../src/slack/board/agenda-table.ts';
import { drawLive } from '../../src/slack/board/live-card.ts';
import {
  drawAddItem,
  drawArrange,
  drawClose,
  drawItem,
  drawMeetingAction,
  drawOpenEarly,
  drawRemark,
} from '../../src/slack/board/meeting-forms.ts';
import { meetingHistory, meetingNote } from '../../src/slack/board/meeting-notes.ts';
import { drawFullMinutes, drawMinutes } from '../../src/slack/board/minutes-card.ts';
import { PRIYA } from '../change/company.ts';
import { given } from '../change/given.ts';
import { DAY, MONDAY_10 } from '../change/proposals.ts';
import { beforeBoard } from '../change/steps.ts';
import { CROWD, texts } from './limits-extremes.ts';
import { COMPANIES, play, stories } from './limits-stories.ts';
import { wrongInMessage, wrongInView } from './limits-taken.ts';

const RUNS = { numRuns: Number(process.env.LIMITS_RUNS ?? 300) / 100 };
const VERDICTS: Verdict[] = ['approve', 'reject', 'abstain', 'recuse', 'defer'];
const STATUSES = ['planned', 'open', 'closed', 'skipped'] as const;

/** As many changes as an agenda may have, made from a few; all of the most that people can write. */
function many(some: readonly Change[], count: number): Change[] {
  return Array.from({ length: count }, (_, n) => {
    const change = some[n % some.length] ?? expect.fail('no change to show');
    return { ...change, id: `${change.id}-${n}`, number: `CHANGEXX-2026-${1_000_000 + n}` };
  });
}

function meetingOf(changes: readonly Change[], status: Meeting['status'], words: string): Meeting {
  const vote = changes[0]?.route.find(({ kind }) => kind === 'vote');
  const items = [
    ...changes.map((change, n) => itemOf(change, n % 3 === 0 ? 'review' : 'vote')),
    { id: 't-1', about: 'topic' as const, title: cut(words, 150) },
  ];
  const decided = changes.map((change) => ({ ...itemOf(change, 'vote'), result: 'approved' as const }));
  const meeting: Meeting = {
    ...{
      id: 'meeting/2026-03-05',
      seq: 9,
      kind: 'process review',
      status,
      title: vote?.title ?? 'R&D <board>',
    },
    ...{ seats: vote?.seats ?? [], chair: vote?.chair ?? '', channel: 'C0CHANNEL1' },
    ...{ startsAt: MONDAY_10, minutes: 60, remindAt: MONDAY_10, items, early: decided, removed: [] },
    ...{ current: items[0]?.id ?? '', attendance: CROWD, openedAt: MONDAY_10 },
    remarks: items.flatMap(({ id: item }) =>
      [1, 2].map((n) => ({ id: `${n}`, item, by: PRIYA, at: MONDAY_10, words })),
    ),
    actions: CROWD.map((owner, n) => ({
      ...{
        id: `a-${n}`,
        owner,
        words: cut(words, LONGEST.line),
        due: MONDAY_10,
        by: PRIYA,
        at: MONDAY_10,
      },
    })),
    skipped: 'nobody opened it',
  };
  const byId = new Map(changes.map((change) => [change.id, change]));
  const votes = CROWD.slice(0, 20).map((by, n) => ({
    ...{ by, for: PRIYA, role: 'role_1', verdict: VERDICTS[n % 5] ?? 'approve', words, until: MONDAY_10 },
    apart: 'from elsewhere' as const,
  }));
  // Of every second one there is all that there can be to tell; the others were left.
  const minutes = minutesOf(meeting, { changes: byId, reached: new Set() }).map((minute, n) =>
    n % 2 === 0
      ? { ...minute, votes, until: MONDAY_10, findings: { by: PRIYA, words } }
      : { ...minute, votes: [], remarks: [] },
  );
  return { ...meeting, closed: { by: PRIYA, at: MONDAY_10, minutes } };
}

function viewOf(changes: readonly Change[], words: string, facts: (typeof COMPANIES)[number]): AgendaView {
  const title = cut(words, 150);
  const due = { startsAt: MONDAY_10, endsAt: MONDAY_10 + DAY };
  const numbers = changes.map(({ number }) => number);
  return {
    ...facts,
    changes: new Map(changes.map((change) => [change.id, change])),
    failures: changes.filter((change): change is Finished => 'finishedAt' in change),
    week: numbers.map((number) => ({ number, title, ...due, clashes: numbers })),
    actions: CROWD.map((owner) => ({
      ...{ changeId: 'c-1', number: 'CHANGEXX-2026-1000000', title, requester: owner },
      item: { id: 'a', owner, words: title, due: MONDAY_10, by: PRIYA, at: MONDAY_10 },
    })),
    figures: { of: 'September 2026', lines: Array.from({ length: 3 }, () => title.replaceAll(/[<>&]/g, '')) },
  };
}

test('an agenda, an open meeting and its minutes, of one item or of more than a hundred', () => {
  const several = fc
    .array(stories, { minLength: 1, maxLength: 3 })
    .map((all) => all.flatMap((story) => play(story).at(-1)?.change ?? []));
  fc.assert(
    fc.property(several, texts(LONGEST.text), fc.constantFrom(1, 9, 60, 120), (some, words, count) => {
      if (some.length === 0) return;
      const changes = many(some, count);
      for (const facts of COMPANIES) {
        const view = viewOf(changes, words, facts);
        for (const status of STATUSES) {
          const meeting = meetingOf(changes, status, words);
          expect(wrongInMessage(drawAgenda(meeting, view))).toEqual([]);
          expect(wrongInMessage(drawAgenda(meeting, view, 'preview'))).toEqual([]);
          const topics = meeting.items.map((item) => ({ ...item, about: 'topic' as const }));
          expect(wrongInMessage(drawAgenda({ ...meeting, items: topics }, view))).toEqual([]);
          for (const { id } of [...meeting.items.slice(0, 2), ...meeting.items.slice(-1)])
            expect(wrongInMessage(drawLive({ ...meeting, current: id }, view, facts, MONDAY_10))).toEqual([]);
          expect(wrongInMessage(drawMinutes(meeting, facts.policy))).toEqual([]);
          expect(wrongInView(drawFullMinutes(meeting, facts.policy))).toEqual([]);
        }
      }
    }),
    RUNS,
  );
}, 600_000);

test('an agenda of very many items has the window of each', () => {
  const [facts = expect.fail()] = COMPANIES;
  const { change } = given(...beforeBoard);
  const proposal = { ...change.proposal, startsAt: MONDAY_10 - 2 * DAY, endsAt: MONDAY_10 - DAY };
  const changes = Array.from({ length: 100 }, (_, n) => ({
    ...{ ...change, id: `c-${n}`, number: `CR-2026-${100 + n}`, ...(n === 9 && { proposal }) },
  }));
  const items = changes.map((each) => itemOf(each, 'vote'));
  const meeting = { ...meetingOf([], 'planned', ''), items, current: 'none' };
  const table = agendaTable(meeting, viewOf(changes, '', facts));
  const cells = table.rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : '')));
  expect(cells[0]).toEqual(['#', 'Change', 'What', 'Risk', 'Window', 'For : against']);
  expect(cells.slice(1).every(([, , , , window = '']) => /^\w{3} \d+ \w{3} \d\d:\d\d/.test(window))).toBe(
    true,
  );
  expect(cells.flatMap(([number, , , , window = '']) => (window.includes('⚠️') ? [number] : []))).toEqual([
    '10',
  ]);
  expect(cells[1]?.[2]?.length).toBeGreaterThanOrEqual(15);
  expect(wrongInMessage(drawAgenda(meeting, viewOf(changes, '', facts)))).toEqual([]);
});

test('an open meeting of very many items leads in a few steps to each of them, and of one nowhere else', () => {
  const items = Array.from({ length: 160 }, (_, n) => ({
    ...{ id: `t-${n}`, about: 'topic' as const, title: `Topic ${n}` },
  }));
  const [facts = expect.fail()] = COMPANIES;
  const leadsTo = (current: number, of = items): string[] => {
    const meeting = { ...meetingOf([], 'open', ''), items: of, current: `t-${current}`, remarks: [] };
    const drawn = JSON.stringify(drawLive(meeting, viewOf([], '', facts), facts, MONDAY_10).blocks);
    return [...drawn.matchAll(/meeting\/2026-03-05\|(t-\d+)","text"/g)].map(([, id = '']) => id);
  };
  for (const n of [0, 49, 80, 159]) {
    const found = leadsTo(n);
    expect(found).toHaveLength(100);
    expect(found).not.toContain(`t-${n}`);
  }
  expect(leadsTo(0)).toContain('t-100');
  expect(leadsTo(100)).toContain('t-150');
  expect(leadsTo(150)).toContain('t-159');
  expect(leadsTo(0, items.slice(0, 1))).toEqual([]);
});

test('the forms of a meeting, and what is told of it', () => {
  fc.assert(
    fc.property(stories, texts(LONGEST.text), fc.constantFrom(1, 120), (story, words, count) => {
      const change = play(story).at(-1)?.change;
      if (!change) return;
      const changes = many([change], count);
      const meeting = meetingOf(changes, 'open', words);
      const view = viewOf(changes, words, story.facts);
      const item = meeting.items[0] ?? expect.fail();
      const forms = [
        ...[
          drawAddItem('a', meeting),
          drawArrange('a', meeting),
          drawOpenEarly('a', meeting),
          drawClose('a', meeting, meeting.attendance),
        ],
        ...[drawRemark('a', meeting.id, item.id), drawMeetingAction('a', meeting.id)],
        drawItem(item, changes[0] ?? change, view, MONDAY_10),
      ];
      for (const form of forms) expect(wrongInView(form)).toEqual([]);
      for (const event of told(meeting, words)) {
        const line = meetingHistory(event, meeting);
        if (line) expect(wrongInMessage({ text: line, blocks: [] })).toEqual([]);
        const note = meetingNote(event, meeting, PRIYA, story.facts);
        if (note) expect(wrongInMessage(note)).toEqual([]);
      }
    }),
    RUNS,
  );
}, 600_000);

function told({ items }: Meeting, words: string): MeetingEvent[] {
  const at = { by: PRIYA, at: MONDAY_10 };
  const item = items[0] ?? expect.fail();
  return [
    ...[{ type: 'ItemAdded', ...at, item } as const, { type: 'MeetingOpened', ...at } as const],
    { type: 'ItemMoved', ...at, item: item.id, to: 'off' },
    { type: 'MeetingClosed', ...at, attendance: CROWD, minutes: [] },
    { type: 'MeetingReminded', ...at, people: CROWD },
    ...(['nothing to decide', 'nobody opened it', 'called off'] as const).map(
      (why): MeetingEvent => ({ type: 'MeetingSkipped', ...at, why, people: CROWD }),
    ),
    { type: 'ActionAdded', ...at, action: 'a-1', words, owner: PRIYA, due: MONDAY_10 },
    { type: 'ActionChased', ...at, action: 'a-1', due: MONDAY_10, people: [PRIYA] },
    { type: 'ActionCompleted', ...at, action: 'a-1' },
  ];
}
