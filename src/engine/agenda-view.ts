import type { Meeting } from '../board/types.ts';
import { clashesOf } from '../calendar/clashes.ts';
import { DAY } from '../calendar/zone.ts';
import type { Facts } from '../change/facts.ts';
import { TO_COME } from '../change/planned.ts';
import type { Change, Instant } from '../change/types.ts';
import type { OpenAction } from '../db/actions.ts';
import { openActions } from '../db/actions.ts';
import { changesById } from '../db/changes.ts';
import { type Finished, finishedBetween } from '../db/outcomes.ts';
import { calendarOf } from './calendar.ts';
import { loadFacts } from './facts.ts';
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
  /** What did not go well in the week before, or in the month before a process review. */
  failures: readonly Finished[];
  /** The windows of the week that follows, also of what is not approved yet. */
  week: readonly Coming[];
  actions: readonly OpenAction[];
  /** Of a process review: what the month before it came to, one line each. */
  figures: readonly string[];
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
  const back = kind === 'process review' ? 31 * DAY : 7 * DAY;
  const ids = [...items, ...early].map(({ id }) => id);
  const [facts, changes, finished, week, actions] = await Promise.all([
    loadFacts(world),
    changesById(db, ids),
    finishedBetween(db, startsAt - back, startsAt),
    comingWeek(world, startsAt),
    openActions(db, { limit: ACTIONS }),
  ]);
  return {
    ...facts,
    ...{ changes, week, actions },
    failures: finished.filter(({ outcome }) => outcome !== 'success'),
    figures: kind === 'process review' ? figuresOf(finished) : [],
  };
}

async function comingWeek(world: World, from: Instant): Promise<Coming[]> {
  const { scheduled, policy } = await calendarOf(world, [{ start: from, end: from + 7 * DAY }], TO_COME);
  return scheduled.map((change) => ({
    ...{ number: change.number, title: change.title, startsAt: change.startsAt, endsAt: change.endsAt },
    clashes: clashesOf(change, scheduled, policy).map((clash) => clash.with.number),
  }));
}

/** What a month's implementations came to. */
function figuresOf(finished: readonly Finished[]): string[] {
  const of = (list: readonly Finished[]) => {
    const good = list.filter(({ outcome }) => outcome === 'success').length;
    return `${list.length} carried out, ${good} with success${list.length > 0 ? ` (${Math.round((100 * good) / list.length)} %)` : ''}`;
  };
  const emergencies = finished.filter(({ category }) => category === 'emergency');
  const unjustified = emergencies.filter(({ boardReview }) => boardReview && !boardReview.justified);
  return [
    `All changes: ${of(finished)}`,
    `Emergencies: ${of(emergencies)}${unjustified.length > 0 ? `, ${unjustified.length} not justified` : ''}`,
    `Rolled back: ${finished.filter(({ outcome }) => outcome === 'rolled back').length}`,
  ];
}
