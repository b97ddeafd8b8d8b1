import type { Meeting } from '../board/types.ts';
import { clashesOf } from '../calendar/clashes.ts';
import { type Period, periodOf } from '../calendar/period.ts';
import { DAY, wallTime } from '../calendar/zone.ts';
import type { Facts } from '../change/facts.ts';
import { TO_COME } from '../change/planned.ts';
import type { Change, Instant } from '../change/types.ts';
import type { OpenAction } from '../db/actions.ts';
import { openActions } from '../db/actions.ts';
import { changesById } from '../db/changes.ts';
import { type Finished, finishedBetween } from '../db/outcomes.ts';
import { calendarOf } from './calendar.ts';
import { loadFacts } from './facts.ts';
import { count, metricsOf } from './metrics.ts';
import { periodWords } from './report-words.ts';
import type { World } from './world.ts';

/** A window to come, with the numbers of those that it clashes with. */
export interface Coming {
  number: string;
  title: string;
  startsAt: Instant;
  endsAt: Instant;
  clashes: string[];
}

/** What an agenda shows beside its items, as it is now. */
export interface AgendaView extends Facts {
  /** The changes on it, by their ids. */
  changes: ReadonlyMap<string, Change>;
  /** What did not go well in the week before, or in the whole month before a process review. */
  failures: readonly Finished[];
  /** The windows of the week that follows, also of what is not approved yet. */
  week: readonly Coming[];
  actions: readonly OpenAction[];
  /** Of a process review: what the whole month before it came to, as its report has it, one line each. */
  figures?: { of: string; lines: readonly string[] };
}

/** More than an agenda shows. */
const ACTIONS = 50;

/** Looks up what the agenda of a meeting shows. */
export async function agendaView(
  world: World,
  meeting: Pick<Meeting, 'kind' | 'startsAt' | 'items' | 'early'>,
): Promise<AgendaView> {
  const { db } = world;
  const { kind, startsAt, items, early } = meeting;
  const month = kind === 'process review' ? monthBefore(world, startsAt) : undefined;
  const { start, end } = month ?? { start: startsAt - 7 * DAY, end: startsAt };
  const ids = [...items, ...early].map(({ id }) => id);
  const [facts, changes, finished, week, actions] = await Promise.all([
    loadFacts(world),
    changesById(db, ids),
    finishedBetween(db, start, end),
    comingWeek(world, startsAt),
    openActions(db, { limit: ACTIONS }),
  ]);
  return {
    ...facts,
    ...{ changes, week, actions },
    failures: finished.filter(({ outcome }) => outcome !== 'success'),
    ...(month && { figures: await figuresOf(world, month, finished) }),
  };
}

async function comingWeek(world: World, from: Instant): Promise<Coming[]> {
  const { scheduled, policy } = await calendarOf(world, [{ start: from, end: from + 7 * DAY }], TO_COME);
  return scheduled.map((change) => ({
    ...{ number: change.number, title: change.title, startsAt: change.startsAt, endsAt: change.endsAt },
    clashes: clashesOf(change, scheduled, policy).map((clash) => clash.with.number),
  }));
}

function monthBefore({ policy: { zone } }: World, at: Instant): Period {
  return periodOf(zone, 'month', wallTime(zone, at), 'last');
}

/** The figures of the month's report that a review begins with, and what the board found of its emergencies. */
async function figuresOf(world: World, month: Period, finished: readonly Finished[]) {
  const { total, outcomes, success } = metricsOf(await count(world, month, false));
  const share = success.rate === undefined ? '' : ` (${Math.round(100 * success.rate)} %)`;
  const emergencies = finished.filter(({ category }) => category === 'emergency');
  const unjustified = emergencies.filter(({ boardReview }) => boardReview && !boardReview.justified);
  return {
    of: periodWords({ kind: 'month', period: month }, world.policy).name,
    lines: [
      `Carried out: ${total}, with success: ${outcomes.success}${share}`,
      `Partial: ${outcomes.partial}, failed: ${outcomes.failed}, rolled back: ${outcomes['rolled back']}`,
      `Emergencies: ${emergencies.length}${unjustified.length > 0 ? `, not justified: ${unjustified.length}` : ''}`,
    ],
  };
}
