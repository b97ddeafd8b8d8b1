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
  for?: PersonId;
  from: Instant;
  givenBy: Actor;
  until?: Instant;
  takenBy?: Actor;
}

/** Every right that was held at some time within a range, in the order in which they were given. */
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
  // One that was revoked before it began was never held.
  return all.filter(({ from, until = Infinity }) => from < end && until > start && from < until);
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
