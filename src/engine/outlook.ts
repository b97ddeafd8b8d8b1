import { type Interval, overlaps } from '../calendar/interval.ts';
import { DAY } from '../calendar/zone.ts';
import { type Planned, TO_COME } from '../change/planned.ts';
import type { PersonId } from '../change/types.ts';
import { plannedIn } from '../db/planned.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import type { World } from './world.ts';

/** A change that is to come, as a report names it. */
export interface Coming {
  number: string;
  title: string;
  category: Category;
  risk: RiskLevel;
  status: string;
  implementer: PersonId;
  startsAt: number;
  endsAt: number;
}

/** What the days after a report bring, and where there is too much at once. */
export interface Ahead {
  until: number;
  all: number;
  /** Those of high risk first, then in the order of their windows. */
  changes: Coming[];
  /** People who are to carry out several changes at the same time: each time with all that overlap there. */
  people: { person: PersonId; together: string[][] }[];
  /** Hours in which more changes run than the policy holds for good. */
  hours: (Interval & { numbers: string[] })[];
}

const DAYS_AHEAD = 7;
const SHOWN = 8;

/** The week after an instant: its changes, and people and hours that are overbooked (guide, "Upcoming Changes"). */
export async function lookAhead({ db, policy }: Pick<World, 'db' | 'policy'>, from: number): Promise<Ahead> {
  const until = from + DAYS_AHEAD * DAY;
  const planned = await plannedIn(db, { start: from, end: until }, TO_COME);
  const urgent = ({ risk, category }: Planned) => (risk === 'high' || category === 'emergency' ? 0 : 1);
  const changes = planned.toSorted((a, b) => urgent(a) - urgent(b) || a.startsAt - b.startsAt);
  return {
    ...{ until, all: planned.length, changes: changes.slice(0, SHOWN).map(coming) },
    people: overbookedPeople(planned).slice(0, SHOWN),
    hours: overbookedHours(planned, policy.reports.mostAtOnce).slice(0, SHOWN),
  };
}

function coming(planned: Planned): Coming {
  const { number, title, category, risk, status, implementer, startsAt, endsAt } = planned;
  return { number, title, category, risk, status, implementer, startsAt, endsAt };
}

function windowOf({ startsAt, endsAt }: Planned): Interval {
  return { start: startsAt, end: endsAt };
}

/** Who has more than one change at a time, in the order of their windows; what only touches does not overlap. */
export function overbookedPeople(
  planned: readonly Pick<Planned, 'number' | 'implementer' | 'startsAt' | 'endsAt'>[],
): Ahead['people'] {
  const runs = new Map<PersonId, { end: number; numbers: string[] }[]>();
  for (const { implementer, number, startsAt, endsAt } of planned.toSorted(
    (a, b) => a.startsAt - b.startsAt,
  )) {
    const theirs = runs.get(implementer) ?? [];
    runs.set(implementer, theirs);
    const last = theirs.at(-1);
    if (last && startsAt < last.end) {
      last.end = Math.max(last.end, endsAt);
      last.numbers.push(number);
    } else theirs.push({ end: endsAt, numbers: [number] });
  }
  return [...runs].flatMap(([person, theirs]) => {
    const together = theirs.map(({ numbers }) => numbers).filter(({ length }) => length > 1);
    return together.length > 0 ? [{ person, together }] : [];
  });
}

/** The stretches in which more than `most` windows are open at once, each with all that are open in it. */
function overbookedHours(planned: readonly Planned[], most: number): Ahead['hours'] {
  const edges = [...new Set(planned.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]))].sort(
    (a, b) => a - b,
  );
  const full: Ahead['hours'] = [];
  for (const [i, start] of edges.entries()) {
    const end = edges[i + 1];
    if (end === undefined) break;
    const open = planned.filter((each) => overlaps(windowOf(each), { start, end }));
    if (open.length <= most) continue;
    const numbers = open.map(({ number }) => number);
    const last = full.at(-1);
    if (last?.end === start) {
      last.end = end;
      last.numbers = [...new Set([...last.numbers, ...numbers])];
    } else full.push({ start, end, numbers });
  }
  return full;
}
