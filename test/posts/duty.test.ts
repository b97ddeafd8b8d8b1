import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/change/refusal.ts';
import { decideEdition } from '../../src/posts/decide.ts';
import { editionEffects } from '../../src/posts/effects.ts';
import { evolveEdition } from '../../src/posts/evolve.ts';
import type { Edition, EditionEvent, EditionIntent } from '../../src/posts/types.ts';
import { dutyBlocks } from '../../src/slack/duty-blocks.ts';
import { DANA, facts, holders, JONAS, KLAUS, NADIA, OLGA } from '../change/company.ts';
import { DAY, HOUR, MONDAY_10 } from '../change/proposals.ts';

const ID = 'post/quarterly_process_review/2026-Q1';
const period = { key: '2026-Q1', start: MONDAY_10 - 90 * DAY, end: MONDAY_10 };
const deadline = MONDAY_10 + 14 * DAY;
const publish: EditionIntent = {
  ...{ type: 'Publish', post: 'quarterly_process_review', period, due: MONDAY_10 },
  made: { to: [NADIA, KLAUS], duty: { owners: ['department_head'], deadline } },
};

interface Story {
  edition?: Edition;
  events: EditionEvent[];
}

function goesOn(story: Story, intent: EditionIntent, by: string, at = MONDAY_10, company = facts()): Story {
  const events = decideEdition(story.edition, { ...intent, by, at }, company);
  const edition = events.reduce<Edition | undefined>(
    (e, event) => evolveEdition(e, event, ID),
    story.edition,
  );
  return { events, ...(edition && { edition }) };
}

const asked = goesOn({ events: [] }, publish, 'docket');
const done = (words: string): EditionIntent => ({ type: 'SayDone', words });
const chase = (due: number): EditionIntent => ({ type: 'ChaseDuty', due });
const refused = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('what a post asks for', () => {
  test('goes to its people once, and is asked after at its time', () => {
    const [event] = asked.events;
    if (!event || !asked.edition) throw new Error('it came');
    expect(editionEffects(event, asked.edition)).toEqual([
      ...[NADIA, KLAUS].map((to) => ({ do: 'card', card: 'post', to, calm: true })),
      { do: 'timer', at: deadline, intent: { type: 'ChaseDuty', due: deadline } },
    ]);
    expect(goesOn(asked, publish, 'docket').events).toEqual([]);
  });

  test('is done by who owes it now or oversees changes, in words, and once', () => {
    for (const by of [KLAUS, NADIA])
      expect(goesOn(asked, done(' We met. '), by).events).toMatchObject([
        { type: 'DutyDone', by, words: 'We met.' },
      ]);
    const company = facts({ holders: holders({ department_head: [OLGA] }) });
    expect(refused(() => goesOn(asked, done('We met.'), KLAUS, MONDAY_10, company)).code).toBe(
      'not your role',
    );
    expect(refused(() => goesOn(asked, done('We met.'), DANA)).message).toContain(
      'department head, change manager',
    );
    expect(refused(() => goesOn(asked, done('  '), KLAUS)).fields).toHaveProperty('words');
    const over = goesOn(asked, done('We met.'), KLAUS);
    expect(goesOn(over, done('We met.'), KLAUS).events).toEqual([]);
    expect(refused(() => goesOn(over, done('So did we.'), NADIA)).code).toBe('not now');
  });

  test('is on record with the role in which somebody did it, and for whom', () => {
    const role = 'department_head';
    const owed = goesOn(asked, done('We met.'), KLAUS);
    expect(owed.events).toMatchObject([{ by: KLAUS, role }]);
    expect(owed.edition?.done).toMatchObject({ by: KLAUS, role });
    const away = facts({ holders: holders({ department_head: [KLAUS, { person: OLGA, for: KLAUS }] }) });
    const { edition } = goesOn(asked, done('We met.'), OLGA, MONDAY_10, away);
    expect(edition?.done).toMatchObject({ by: OLGA, role, for: KLAUS });
    expect(JSON.stringify(edition && dutyBlocks(edition, 'Review'))).toContain(`<@${OLGA}> for <@${KLAUS}>`);
    expect(goesOn(asked, done('We met.'), NADIA).events).toMatchObject([{ role: 'change_manager' }]);
  });

  test('is chased at its time, and then every week with the overseer, until it is done', () => {
    const first = goesOn(asked, chase(deadline), 'docket', deadline);
    expect(first.events).toMatchObject([{ type: 'DutyChased', people: [KLAUS], again: deadline + 7 * DAY }]);
    expect(goesOn(first, chase(deadline), 'docket', deadline + 1).events).toEqual([]);
    const second = goesOn(first, chase(deadline + 7 * DAY), 'docket', deadline + 7 * DAY);
    expect(second.events).toMatchObject([{ people: [KLAUS, NADIA], again: deadline + 14 * DAY }]);
    const over = goesOn(second, done('At last.'), KLAUS, deadline + 8 * DAY);
    expect(goesOn(over, chase(deadline + 14 * DAY), 'docket', deadline + 14 * DAY).events).toEqual([]);
  });

  test('is said once for all the weeks of a downtime', () => {
    const late = goesOn(asked, chase(deadline), 'docket', deadline + 30 * DAY);
    expect(late.events).toMatchObject([{ again: deadline + 35 * DAY }]);
  });

  test('falls to the overseer where nobody holds the role', () => {
    const company = facts({ holders: holders({ department_head: [] }) });
    expect(goesOn(asked, chase(deadline), 'docket', deadline, company).events).toMatchObject([
      { people: [NADIA] },
    ]);
  });
});

test('a backup asks nobody for anything', () => {
  const made = { to: [], work: true };
  const copy = goesOn({ events: [] }, { ...publish, made }, 'docket');
  expect(refused(() => goesOn(copy, done('Copied.'), NADIA)).code).toBe('unknown');
  const copied = goesOn(copy, { type: 'SayWorked', words: 'Copied.', failed: false }, JONAS);
  expect(copied.edition?.work?.state).toBe('done');
  const late: EditionIntent = { type: 'SayWorked', words: 'No room.', failed: true };
  expect(goesOn(copied, late, JONAS).events, 'what is done cannot fail any more').toEqual([]);
});

test('what fails is tried again after an hour, six times in all', () => {
  const fails: EditionIntent = { type: 'SayWorked', words: 'No room.', failed: true };
  let story = goesOn({ events: [] }, { ...publish, made: { to: [], work: true } }, 'docket');
  for (let n = 1; n <= 5; n++) {
    story = goesOn(story, fails, 'docket');
    expect(story.events).toMatchObject([{ type: 'WorkFailed', again: MONDAY_10 + HOUR }]);
  }
  const [last] = goesOn(story, fails, 'docket').events;
  expect(last?.type).toBe('WorkFailed');
  expect(last).not.toHaveProperty('again');
});

test('what is late by exactly as much as it may be still comes', () => {
  const made = { to: [NADIA] };
  const at = (hours: number) =>
    goesOn({ events: [] }, { ...publish, made, skipAfterHours: 6 }, 'docket', MONDAY_10 + hours * HOUR)
      .events;
  expect(at(6)).toMatchObject([{ type: 'Published' }]);
  expect(at(6.1)).toMatchObject([{ type: 'Skipped', why: 'too late' }]);
});
