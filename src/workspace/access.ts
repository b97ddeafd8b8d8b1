import type { Interval } from '../calendar/interval.ts';
import type { Actor, Instant, PersonId } from '../change/types.ts';
import type { WorkspaceEvent } from './types.ts';

/** A right that somebody had, from an instant until before another; for good where there is none yet. */
export interface Access {
  /** As what: in a role, as a deputy in one, in place of somebody in all their roles. */
  as: 'holder' | 'deputy' | 'stand-in';
  /** Absent of a stand-in, who has all roles of `for`. */
  role?: string;
  /** A person (U…) or, of a role, a user group (S…). */
  who: string;
  /** The user group in which somebody held the role. It was Slack's to say who is in it, so that Docket gave and took it. */
  through?: string;
  for?: PersonId;
  from: Instant;
  givenBy: Actor;
  until?: Instant;
  takenBy?: Actor;
}

/**
 * Every right that was held at some time within a range, in the order in which they were given; after each of a user
 * group, those of who was in it, as far as it had been seen.
 */
export function accessIn(events: readonly WorkspaceEvent[], { start, end }: Interval): Access[] {
  const all: Access[] = [];
  const held = (as: Access['as'], role: string) =>
    all.filter((one) => one.as === as && one.role === role && one.until === undefined);
  for (const event of events) {
    if (event.type === 'RoleAssigned' || event.type === 'DeputiesAssigned') {
      const { role, holders, by, at } = event;
      const as = event.type === 'RoleAssigned' ? 'holder' : 'deputy';
      const before = held(as, role);
      for (const one of before.filter(({ who }) => !holders.includes(who))) {
        one.until = at;
        one.takenBy = by;
      }
      for (const who of holders.filter((each) => !before.some((one) => one.who === each)))
        all.push({ as, role, who, from: at, givenBy: by });
    }
    if (event.type === 'Delegated') {
      const { from, to, startsAt, endsAt, by } = event;
      all.push({ as: 'stand-in', who: to, for: from, from: startsAt, givenBy: by, until: endsAt });
    }
    if (event.type === 'DelegationEnded' && event.revoked) {
      const { from, to, startsAt } = event.delegation;
      const ended = all.findLast(
        (one) => one.as === 'stand-in' && one.who === to && one.for === from && one.from === startsAt,
      );
      if (!ended) continue;
      ended.until = event.at;
      ended.takenBy = event.by;
    }
  }
  const members = membersIn(events);
  const each = all.flatMap((one) => [one, ...(members.get(one.who) ?? []).map((who) => through(one, who))]);
  // One that was revoked before it began was never held.
  return each.filter(({ from, until = Infinity }) => from < end && until > start && from < until);
}

/** Since when it is known who is in a user group, of each that has been seen while it held a role. */
export function seenSince(events: readonly WorkspaceEvent[]): Map<string, Instant> {
  const since = new Map<string, Instant>();
  for (const event of events)
    if (event.type === 'GroupSeen' && !since.has(event.group)) since.set(event.group, event.at);
  return since;
}

type Stay = Pick<Access, 'who' | 'from' | 'givenBy' | 'until' | 'takenBy'>;

/** Who was in which user group from when until when. */
function membersIn(events: readonly WorkspaceEvent[]): Map<string, Stay[]> {
  const stays = new Map<string, Stay[]>();
  /** Those that last, by group and person. */
  const last = new Map<string, Stay>();
  for (const event of events) {
    if (event.type !== 'GroupSeen') continue;
    const { group, joined, left, by, at } = event;
    for (const who of left) {
      const stay = last.get(`${group} ${who}`);
      if (stay) Object.assign(stay, { until: at, takenBy: by });
    }
    const came = joined.map((who): Stay => ({ who, from: at, givenBy: by }));
    for (const stay of came) last.set(`${group} ${stay.who}`, stay);
    stays.set(group, [...(stays.get(group) ?? []), ...came]);
  }
  return stays;
}

/** What somebody had in a group: from when both it had the role and they were in it, until either ended. */
function through(held: Access, stay: Stay): Access {
  const { as, role, who: group } = held;
  const { from, givenBy } = stay.from > held.from ? stay : held;
  const { until, takenBy } = (stay.until ?? Infinity) < (held.until ?? Infinity) ? stay : held;
  return {
    ...{ as, who: stay.who, through: group, from, givenBy },
    ...(role !== undefined && { role }),
    ...(until !== undefined && { until }),
    ...(takenBy !== undefined && { takenBy }),
  };
}

/** Who left the workspace within a range; from then on their rights counted for nothing. */
export function leftIn(
  events: readonly WorkspaceEvent[],
  { start, end }: Interval,
): { person: PersonId; at: Instant }[] {
  return events.flatMap((event) =>
    event.type === 'PersonGone' && event.at >= start && event.at < end
      ? [{ person: event.person, at: event.at }]
      : [],
  );
}
