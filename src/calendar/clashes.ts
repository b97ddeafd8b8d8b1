import type { Policy } from '../policy/schema.ts';
import { type Instant, overlaps } from './interval.ts';

type Register = Pick<Policy, 'systems'>;

/** What of a change its clashes depend on. */
export interface Planned {
  /** Absent for what is not filed yet. */
  id?: string;
  startsAt: Instant;
  endsAt: Instant;
  systems: readonly string[];
  /** A person's id. */
  implementer?: string;
}
/** A change that has its window. */
export interface Scheduled extends Planned {
  id: string;
}

export type ClashCause =
  | { kind: 'same system'; system: string }
  /** Our `system` depends, however long the chain, on their `other`. */
  | { kind: 'upstream'; system: string; other: string }
  /** Their `other` depends, however long the chain, on our `system`. */
  | { kind: 'downstream'; system: string; other: string }
  | { kind: 'same implementer'; person: string };

export interface Clash<S extends Scheduled = Scheduled> {
  with: S;
  /** Every reason, at least one. */
  because: ClashCause[];
}

/**
 * All changes whose windows overlap this one's on the same systems, on systems that these need or that need
 * these, or with the same implementer: each with every reason, in the order of their starts.
 */
export function clashesOf<S extends Scheduled>(
  change: Planned,
  others: readonly S[],
  policy: Register,
): Clash<S>[] {
  const window = { start: change.startsAt, end: change.endsAt };
  const meeting = others.filter(({ startsAt, endsAt }) => overlaps({ start: startsAt, end: endsAt }, window));
  return related(change, meeting, policy).sort((a, b) => a.with.startsAt - b.with.startsAt);
}

/** The changes that would clash with this one if they were carried out at the same time. */
export function related<S extends Scheduled>(
  change: Planned,
  others: readonly S[],
  policy: Register,
): Clash<S>[] {
  const causes = causesBySystem(change.systems, policy);
  return others.flatMap((other) => {
    if (other.id === change.id) return [];
    const because = [...new Set(other.systems)].flatMap((system) => causes.get(system) ?? []);
    const person = change.implementer;
    if (person !== undefined && person === other.implementer)
      because.push({ kind: 'same implementer', person });
    return because.length > 0 ? [{ with: other, because }] : [];
  });
}

/** For each system on which a window would clash with one on `systems`: why. */
function causesBySystem(systems: readonly string[], policy: Register): Map<string, ClashCause[]> {
  const causes = new Map<string, ClashCause[]>();
  const add = (other: string, cause: ClashCause) => causes.set(other, [...(causes.get(other) ?? []), cause]);
  const needs = Object.keys(policy.systems).map((id) => [id, upstream(policy, id)] as const);
  for (const system of new Set(systems)) {
    add(system, { kind: 'same system', system });
    for (const other of upstream(policy, system)) add(other, { kind: 'upstream', system, other });
    for (const [other, needed] of needs)
      if (needed.has(system)) add(other, { kind: 'downstream', system, other });
  }
  return causes;
}

/** Everything that a system depends on, however long the chain; not itself, even in a circle. */
function upstream({ systems }: Register, system: string): Set<string> {
  const found = new Set<string>();
  const open = [system];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const more = (systems[next]?.dependsOn ?? []).filter((id) => id !== system && !found.has(id));
    for (const id of more) found.add(id);
    open.push(...more);
  }
  return found;
}
