import type { Change } from '../../src/change/types.ts';
import { loadChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { Agenda } from './agenda.ts';
import type { Answer, Bot, Wish } from './bot.ts';
import { isThere, type Person } from './company.ts';
import type { Filing } from './filings.ts';
import { doNext } from './people.ts';
import type { Posted, PretendSlack } from './pretend-slack.ts';
import { type SlotClock, slotOf } from './slot-clock.ts';
import { nextWork } from './wall.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that somebody takes in one go, at most. */
const AT_ONCE = 6;
/** So often nobody looks at what they were sent, until they are reminded. */
const OVERLOOKED = 0.15;

export interface Story {
  from: number;
  to: number;
  slack: PretendSlack;
  clock: SlotClock;
  filings: readonly Filing[];
  random: () => number;
  /** When Docket does not run. */
  down: readonly { from: number; to: number }[];
  /** Starts Docket, as at the beginning and after each time that it was down. */
  start(): Promise<Bot>;
  /** Where people see how a change stands. */
  db: Db;
}

/** What came of a story besides what was posted and recorded. */
export interface Told {
  asked: number;
  /** `command code` to how often somebody was refused it. */
  refused: Map<string, number>;
}

/** Plays a story: people act, the clock jumps to whatever comes next, and Docket does what is due. */
export async function play(story: Story): Promise<Told> {
  const { clock, slack, random, down, db } = story;
  const agenda = new Agenda();
  const told: Told = { asked: 0, refused: new Map() };
  const people = new Map(slack.company.people.map((person) => [person.id, person]));
  const urgent = new Set<string>();
  const planned = new Set<string>();
  let bot: Bot | undefined = await story.start();
  /** Whether anything has been done that Docket may have to act on. */
  let stirred = true;

  const ask = async (wish: Wish): Promise<Answer | undefined> => {
    if (!bot) return undefined;
    const answer = await bot.ask(wish);
    stirred = true;
    told.asked += 1;
    if ('refused' in answer) {
      const what = `${wish.intent.type}: ${answer.code}`;
      told.refused.set(what, (told.refused.get(what) ?? 0) + 1);
    }
    return answer;
  };

  /** Somebody does something at a time; once Docket is there again, if it is not. */
  const at = (when: number, run: () => Promise<void>) => {
    agenda.add(slotOf(Math.max(when, clock.now())), async () => {
      const now = clock.now();
      const gap = down.find(({ from, to }) => now >= from && now < to);
      if (gap) at(gap.to + random() * 4 * HOUR, run);
      else await run();
    });
  };

  /** Somebody looks at a change once they get round to it. */
  const looksLater = (person: Person, stream: string, when: number) => {
    const key = `${person.id} ${stream}`;
    if (planned.has(key)) return;
    planned.add(key);
    at(when, async () => {
      planned.delete(key);
      await look(person, stream);
    });
  };

  const look = async (person: Person, stream: string): Promise<void> => {
    const now = clock.now();
    if (now >= (person.leavesAt ?? Infinity)) return;
    if (!isThere(person, now)) {
      const back = Math.max(
        ...person.away.filter(({ from, to }) => now >= from && now < to).map(({ to }) => to),
      );
      return looksLater(person, stream, nextWork(person.zone, back + random() * 3 * HOUR));
    }
    for (let step = 0; step < AT_ONCE; step++) {
      const change: Change | undefined = (await loadChange(db, stream))?.state;
      const next = change && doNext(change, person.id, clock.now(), random);
      if (!next) return;
      if ('later' in next) return looksLater(person, stream, next.later);
      const answer = await ask({ stream, intent: next.intent, by: person.id });
      if (!answer || 'refused' in answer) return;
    }
  };

  slack.onPost = ({ to, stream, text }: Posted) => {
    const person = to === undefined ? undefined : people.get(to);
    if (!person || !to) return;
    const now = clock.now();
    if (stream.startsWith('c-')) {
      if (random() < OVERLOOKED) return;
      // In an emergency whoever is awake looks at once; at night it takes longer.
      const soon =
        now + random() * (urgent.has(stream) ? 40 * MINUTE : random() < 0.7 ? 2 * HOUR : 10 * HOUR);
      const night = /hour|window|overran|was to start/i.test(text) ? soon : nextWork(person.zone, soon);
      looksLater(person, stream, urgent.has(stream) ? soon : night);
    } else if (stream.startsWith('meeting/') && to.startsWith('UDEVOPSLEAD') && random() < 0.6) {
      at(now + 15 * MINUTE, async () => {
        if (isThere(person, clock.now())) await ask({ stream, intent: { type: 'Open' }, by: to });
      });
      at(now + 75 * MINUTE, async () => {
        if (isThere(person, clock.now()))
          await ask({ stream, intent: { type: 'Close', attendance: [] }, by: to });
      });
    } else if (stream.startsWith('post/') && /audit|review|training/i.test(text) && random() < 0.3) {
      const words = 'Done; nothing to be altered.';
      at(nextWork(person.zone, now + random() * 10 * DAY), async () => {
        if (isThere(person, clock.now())) await ask({ stream, intent: { type: 'SayDone', words }, by: to });
      });
    }
  };

  for (const [n, { at: when, by, category, proposal }] of story.filings.entries()) {
    const id = `c-${n}`;
    if (category === 'emergency') urgent.add(id);
    at(when, async () => {
      // Where whoever wanted it is away, a colleague files it.
      const [first, ...others] = [
        by,
        ...slack.company.people.filter(({ id }) => id.startsWith('UENGINEER')).map(({ id }) => id),
      ];
      const who = [first, ...others].find((id) => isThere(people.get(id) as Person, clock.now()));
      if (who === undefined) return;
      await ask({
        stream: id,
        intent: { type: 'Submit', id, category, proposal: proposal(clock.now()) },
        by,
      });
    });
  }
  for (const person of people.values()) planComings(person);
  function planComings(person: Person): void {
    for (const [n, { from, to, standIn }] of person.away.entries()) {
      if (!standIn) continue;
      const delegation = {
        id: `d-${person.id}-${n}`,
        from: person.id,
        to: standIn,
        startsAt: from,
        endsAt: to,
      };
      at(nextWork(person.zone, from - 4 * DAY), async () => {
        if (clock.now() < from && isThere(person, clock.now()))
          await ask({ stream: 'workspace', intent: { type: 'Delegate', delegation }, by: person.id });
      });
    }
    const { leavesAt } = person;
    if (leavesAt === undefined) return;
    agenda.add(slotOf(leavesAt), async () => {
      slack.gone.add(person.id);
      stirred = true;
      await bot?.hearDirectory();
    });
    const heir = slack.company.successors[person.id];
    if (heir) at(leavesAt + 3 * DAY, () => succeed(person.id, heir));
  }

  /** Whoever runs the set-up gives the roles of somebody who has left to somebody else. */
  async function succeed(gone: string, heir: string): Promise<void> {
    const roles = Object.entries(slack.company.roles).filter(([, holders]) => holders.includes(gone));
    const setup = {
      roles: Object.fromEntries(
        roles.map(([role, holders]) => [role, [...holders.filter((id) => id !== gone), heir]]),
      ),
    };
    const by = slack.company.roles.change_manager?.[0] ?? '';
    await ask({ stream: 'workspace', intent: { type: 'SetUp', setup }, by });
  }

  for (const gap of down) {
    agenda.add(gap.from, async () => {
      await bot?.stop();
      bot = undefined;
    });
    agenda.add(gap.to, async () => {
      stirred = true;
      bot = await story.start();
    });
  }

  /** Docket sees to it that nothing is under way as it alters. */
  const setTime = async (at: number) => (bot ? bot.setTime(at) : clock.set(at));

  let due: number | undefined = story.from;
  for (;;) {
    const now = Math.min(agenda.next() ?? Infinity, due === undefined ? Infinity : slotOf(due));
    if (now >= story.to) break;
    await setTime(now);
    stirred = false;
    for (let run = agenda.take(now); run; run = agenda.take(now)) await run();
    // Mostly somebody looks at something, and nothing comes of it.
    if (!stirred && due !== undefined && slotOf(due) > now) continue;
    due = await bot?.pass();
    if (due !== undefined && due <= now) due = now + 1;
  }
  await setTime(story.to);
  await bot?.pass();
  await bot?.stop();
  return told;
}
