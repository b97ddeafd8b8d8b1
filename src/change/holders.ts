import type { PersonId, Right, Seat } from './types.ts';

/** One who can act in a role at this moment: active members of the workspace only. */
export interface Holding {
  person: PersonId;
  /** Whom they stand in for, whose delegation is in force. */
  for?: PersonId;
  /** They act only once the time is up, or where nobody else can. */
  deputy?: true;
}

/** Role id to everybody who can act in it. */
export type Holders = ReadonlyMap<string, readonly Holding[]>;

/** For whom a person may not act in a change, being one of them: its requester, sometimes its implementer. */
type Barred = PersonId | readonly PersonId[];

/** Those who act in a role now: its holders and who stands in for them; its deputies where there is nobody else. */
export function inRole(holders: Holders, role: string | undefined): PersonId[] {
  return role === undefined ? [] : people(first(holders.get(role) ?? []));
}

/** The people who could fill a seat, were it open; `late` once its time is up, when deputies may too. */
export function candidates(
  seat: Pick<Seat, 'roles'>,
  barred: Barred,
  holders: Holders,
  late = false,
): PersonId[] {
  return people(holdings(seat, barred, holders, late));
}

/**
 * In whose right a seat could be filled: who stands in for somebody uses up that person's right, so that one
 * person's roles never fill two seats of a change by two hands.
 */
export function rights(
  seat: Pick<Seat, 'roles'>,
  barred: Barred,
  holders: Holders,
  late = false,
): PersonId[] {
  return [...new Set(holdings(seat, barred, holders, late).map((holding) => holding.for ?? holding.person))];
}

/** How this person may fill a seat: in which role, and for whom; their own right first. */
export function holdingsOf(
  person: PersonId,
  seat: Pick<Seat, 'roles'>,
  barred: Barred,
  holders: Holders,
  late = false,
): (Holding & { role: string })[] {
  return holdings(seat, barred, holders, late)
    .filter((holding) => holding.person === person)
    .sort((a, b) => Number(a.for !== undefined) - Number(b.for !== undefined));
}

/** In which of these roles this person may act, and for whom, as the record keeps it; nothing if they may not. */
export function rightOf(
  person: PersonId,
  seat: Pick<Seat, 'roles'>,
  barred: Barred,
  holders: Holders,
): Right | undefined {
  const [holding] = holdingsOf(person, seat, barred, holders);
  return holding && { role: holding.role, ...(holding.for && { for: holding.for }) };
}

/** The right of the first of these roles in which this person may act: each for itself, so with deputies of its own. */
export function rightInOneOf(
  roles: readonly string[],
  person: PersonId,
  barred: Barred,
  holders: Holders,
): Right | undefined {
  return roles.flatMap((role) => rightOf(person, { roles: [role] }, barred, holders) ?? [])[0];
}

/** The right that an event names; old ones name none, nor do those that no role decides. */
export function rightIn({ role, for: whom }: Partial<Right>): Partial<Right> {
  return { ...(role !== undefined && { role }), ...(whom !== undefined && { for: whom }) };
}

/** These people, and those who stand in for one of them in this seat. */
export function withStandIns(
  asked: readonly PersonId[],
  seat: Pick<Seat, 'roles'>,
  barred: Barred,
  holders: Holders,
): PersonId[] {
  const standIns = holdings(seat, barred, holders, false).filter((h) => h.for && asked.includes(h.for));
  return [...new Set([...asked, ...people(standIns)])];
}

type InRole = Holding & { role: string };

/**
 * Nobody acts for somebody who is barred, and nobody who is barred acts for others. One decision asks this a hundred
 * times of the same holders, which do not alter, so what was worked out for them is kept with them.
 */
function holdings(
  { roles }: Pick<Seat, 'roles'>,
  barred: Barred,
  holders: Holders,
  late: boolean,
): readonly InRole[] {
  const known = workedOut.get(holders) ?? new Map<string, readonly InRole[]>();
  workedOut.set(holders, known);
  const key = `${roles}|${barred}|${late}`;
  const found = known.get(key) ?? workOut(roles, barred, holders, late);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, found);
  return found;
}

const workedOut = new WeakMap<Holders, Map<string, readonly InRole[]>>();
const MOST_KEPT = 10_000;

function workOut(roles: readonly string[], barred: Barred, holders: Holders, late: boolean): InRole[] {
  const out = typeof barred === 'string' ? [barred] : barred;
  const able = roles
    .flatMap((role) => (holders.get(role) ?? []).map((holding) => ({ ...holding, role })))
    .filter((holding) => !out.includes(holding.person) && !(holding.for && out.includes(holding.for)));
  return late ? able : first(able);
}

/** Without the deputies, where there is anybody else. */
function first<H extends Holding>(able: readonly H[]): H[] {
  const regular = able.filter((holding) => !holding.deputy);
  return regular.length > 0 ? regular : [...able];
}

function people(able: readonly Holding[]): PersonId[] {
  return [...new Set(able.map(({ person }) => person))];
}
