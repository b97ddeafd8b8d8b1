import type { Meeting } from '../board/types.ts';
import { type Freeze, freezesIn } from '../calendar/freezes.ts';
import type { Interval } from '../calendar/interval.ts';
import type { NamedPeriod } from '../calendar/period.ts';
import { DAY } from '../calendar/zone.ts';
import type { TemplateEvent, TemplateEventOf } from '../catalogue/types.ts';
import { type Head, headOf } from '../db/audit.ts';
import { workspaceEvents } from '../db/events.ts';
import { editionsIn, freezeRecords, meetingsIn, templateRecords } from '../db/evidence.ts';
import { knownGroups } from '../db/groups.ts';
import { countPopulation, type Numbering, numbering } from '../db/population.ts';
import { filedIn } from '../db/tallies.ts';
import type { FreezeEvent } from '../freeze/types.ts';
import type { PostId } from '../policy/posts.ts';
import type { Edition } from '../posts/types.ts';
import { type Access, accessIn, leftIn, seenSince } from '../workspace/access.ts';
import type { WorkspaceEvent } from '../workspace/types.ts';
import { count, type Metrics, metricsOf, sumOf } from './metrics.ts';
import { SETTLED_MS } from './reports.ts';
import { WORKSPACE } from './setup.ts';
import type { World } from './world.ts';

/** What an auditor samples of a period, besides its changes. */
export interface PeriodEvidence {
  period: NamedPeriod;
  /** When it was put together. A period that is not over yet is told as far as it goes. */
  at: number;
  head: Head;
  metrics: Metrics;
  /** How many were filed, by the rows of changes and by what reports count. */
  filed: { rows: number; figures: number };
  years: Numbering[];
  /** The record of each declared freeze, and those of every year. */
  freezes: { id: string; events: FreezeEvent[] }[];
  yearly: Freeze[];
  access: Access[];
  left: { person: string; at: number }[];
  /** Everybody who had left by the end of the period, whenever that was. */
  gone: ReadonlySet<string>;
  /** User groups that held a role, and since when it is known who is in them. */
  groups: { id: string; name: string; since?: number }[];
  meetings: Meeting[];
  duties: Edition[];
  templates: { id: string; events: TemplateEvent[] }[];
  /** What somebody tried, and the rules refused, with anything but a change. */
  refusedBeside: RefusedBeside[];
}

interface RefusedBeside {
  /** The set-up, the template's title, or the id of the freeze or meeting. */
  of: string;
  event: (WorkspaceEvent & { type: 'SetUpRefused' | 'AttemptRefused' }) | TemplateEventOf<'TemplateRefused'>;
}

/** For how long what a post asks for is looked for before the period in which it was done, or should have been. */
const LONGEST_DUTY_MS = 400 * DAY;

/**
 * Puts together what an auditor samples of a period, besides its changes.
 * @param upkeep the posts that ask for something to be done for the process itself
 */
export async function collectEvidence(
  world: World,
  period: NamedPeriod,
  upkeep: readonly PostId[],
): Promise<PeriodEvidence> {
  const { db, policy, clock } = world;
  const at = clock.now();
  const { start } = period;
  const range = { start, end: Math.min(period.end, Math.max(start, at + 1)) };
  const { events } = await workspaceEvents(db, WORKSPACE);
  const access = accessIn(events, range);
  const templates = [...(await templateRecords(db))].map(([id, record]) => ({ id, events: record }));
  const asked = await editionsIn(db, upkeep, { start: start - LONGEST_DUTY_MS, end: range.end });
  return {
    ...{ period, at, head: await headOf(db, at - SETTLED_MS) },
    metrics: metricsOf(await count(world, period)),
    filed: {
      rows: await countPopulation(db, { which: period.key, title: period.key, submitted: range }),
      figures: sumOf(await filedIn(db, range), 'n'),
    },
    years: await numbering(db),
    freezes: [...(await freezeRecords(db, range))].map(([id, record]) => ({ id, events: record })),
    yearly: freezesIn(policy, [], range),
    gone: new Set(leftIn(events, { start: 0, end: range.end }).map(({ person }) => person)),
    ...{ access, left: leftIn(events, range), groups: await groupsOf(world, access, seenSince(events)) },
    meetings: await meetingsIn(db, range),
    duties: asked.filter((edition) => concerns(edition, range)),
    ...{ templates, refusedBeside: refusedBeside(events, templates, range) },
  };
}

function refusedBeside(
  events: readonly WorkspaceEvent[],
  templates: PeriodEvidence['templates'],
  range: Interval,
): RefusedBeside[] {
  const beside = events.flatMap((event): RefusedBeside[] => {
    if (event.type === 'AttemptRefused') return [{ of: event.of, event }];
    return event.type === 'SetUpRefused' ? [{ of: 'set-up', event }] : [];
  });
  const tried = templates.flatMap(({ events: record }) => {
    const proposed = record.findLast((event) => event.type === 'TemplateProposed');
    const of = `catalogue: ${proposed?.content.title ?? ''}`;
    return record.flatMap((event) => (event.type === 'TemplateRefused' ? [{ of, event }] : []));
  });
  return [...beside, ...tried].filter(({ event: { at } }) => at >= range.start && at < range.end);
}

async function groupsOf(
  { db }: World,
  access: readonly Access[],
  seen: ReadonlyMap<string, number>,
): Promise<PeriodEvidence['groups']> {
  const holding = (await knownGroups(db)).filter(({ id }) => access.some(({ who }) => who === id));
  return holding.map((group) => {
    const since = seen.get(group.id);
    return { ...group, ...(since !== undefined && { since }) };
  });
}

/** Whether it was asked for in that time, done in it, or waited for all through it. */
function concerns({ due, duty, done }: Edition, { start, end }: Interval): boolean {
  return duty !== undefined && due < end && (done?.at ?? end) >= start;
}
