import { drive, type Taken } from './load.ts';
import { median } from './middle.ts';
import { type Click, KINDS, type Kind } from './requests.ts';
import type { Target } from './target.ts';

/** How much is measured. */
export interface Size {
  rounds: number;
  /** Clicks of each kind before the first that counts: until then much of the code runs uncompiled. */
  warmUp: number;
  /** How many clicks are in a turn, by how many are under way at once. */
  turns: readonly (readonly [connections: number, clicks: number])[];
}

export const FULL: Size = {
  ...{ rounds: 5, warmUp: 3000 },
  turns: [
    [1, 400],
    [16, 1200],
    [64, 1200],
  ],
};
export const QUICK: Size = {
  ...{ rounds: 2, warmUp: 2000 },
  turns: [
    [1, 200],
    [16, 600],
    [64, 600],
  ],
};

/** How many changes are clicked on: every click needs one that is still open. */
export function changesFor({ rounds, warmUp, turns }: Size): number {
  return warmUp + rounds * turns.reduce((sum, [, clicks]) => sum + clicks, 0);
}

/** One kind of click, so many at once: the turns of one target and those of the other beside it. */
export interface Row {
  kind: Kind;
  connections: number;
  base: Taken[];
  ours: Taken[];
}

/** One side of a comparison. */
export interface Side {
  target: Target;
  clicks: Record<Kind, (n: number) => Click>;
  /** Whether an answer must show what the click has done; a bare Bolt does nothing. */
  check: boolean;
}

/** Two targets side by side, in short turns, so that what else the machine does meets both. */
export async function compare(base: Side, ours: Side, { rounds, warmUp, turns }: Size): Promise<Row[]> {
  // A withdrawal is the end of a change, so it comes after what else is done to it.
  const inOrder = [...KINDS].sort((a, b) => Number(a === 'command') - Number(b === 'command'));
  const rows = new Map<string, Row>();
  const both = async (kind: Kind, from: number, count: number, connections: number, baseFirst: boolean) => {
    const taken = new Map<Side, Taken>();
    for (const side of baseFirst ? [base, ours] : [ours, base])
      taken.set(side, await turn(side, kind, from, count, connections));
    const key = `${kind} ${connections}`;
    const row = rows.get(key) ?? { kind, connections, base: [], ours: [] };
    rows.set(key, row);
    return { row, base: taken.get(base), ours: taken.get(ours) };
  };
  for (const kind of inOrder) await both(kind, 0, warmUp, 16, true);
  rows.clear();
  let used = warmUp;
  for (let round = 0; round < rounds; round++) {
    for (const [connections, count] of turns) {
      for (const kind of inOrder) {
        const taken = await both(kind, used, count, connections, round % 2 === 0);
        if (taken.base) taken.row.base.push(taken.base);
        if (taken.ours) taken.row.ours.push(taken.ours);
      }
      used += count;
    }
  }
  return KINDS.flatMap((kind) => turns.flatMap(([n]) => rows.get(`${kind} ${n}`) ?? []));
}

async function turn(
  { target, clicks, check }: Side,
  kind: Kind,
  from: number,
  count: number,
  connections: number,
): Promise<Taken> {
  const these = Array.from({ length: count }, (_, i) => clicks[kind](from + i));
  const before = target.computed();
  target.run();
  const taken = await drive(target.send(), these, connections, check);
  target.rest();
  return { ...taken, computed: target.computed() - before };
}

/** Clicks in a second: the median of the turns. */
export function perSecond(turns: readonly Taken[]): number {
  return Math.round(median(rates(turns)));
}

/** How many clicks ours does while the other does one: the median of the turns, each against its neighbour. */
export function ratio({ base, ours }: Row): number {
  const theirs = rates(base);
  return median(rates(ours).map((rate, i) => rate / (theirs[i] ?? rate)));
}

/** Microseconds of computing for one click. */
export function computing(turns: readonly Taken[]): number {
  return Math.round(median(turns.map(({ each, computed }) => (computed / each.length) * 1000)));
}

function rates(turns: readonly Taken[]): number[] {
  return turns.map(({ each, all }) => (each.length / all) * 1000);
}
