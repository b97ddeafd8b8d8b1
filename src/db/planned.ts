import { and, asc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Interval } from '../calendar/interval.ts';
import { HOLDS_WINDOW, type Planned } from '../change/planned.ts';
import type { Status } from '../change/types.ts';
import type { Db } from './db.ts';
import { preparedRead } from './prepared.ts';

/**
 * The changes whose windows overlap `range`, in the order of their starts. It reads an index and a few narrow
 * columns, so that a year's plan comes in milliseconds however many changes there have been.
 * @param statuses those that hold their window, unless a calendar asks for others too
 */
export async function plannedIn(
  db: Db,
  range: Interval,
  statuses: readonly Status[] = HOLDS_WINDOW,
): Promise<Planned[]> {
  const key = statuses.join();
  const read = byStatuses.get(key) ?? overlapping(statuses);
  byStatuses.set(key, read);
  const rows = await read(db, { ...range });
  // A change with a window has both of its ends, and what `saveChange` writes of each.
  return rows.map(({ touches, ...row }) => ({ ...row, ...touches }) as Planned);
}

/** It is asked for a few lists of statuses only, and for two of them on every click. */
const byStatuses = new Map<string, ReturnType<typeof overlapping>>();

function overlapping(statuses: readonly Status[]) {
  const [start, end] = [sql.placeholder('start'), sql.placeholder('end')];
  return preparedRead((q, { changes: t }) =>
    q
      .select({ ...columnsOf(t), startsAt: t.startsAt, endsAt: t.endsAt })
      .from(t)
      .where(and(inArray(t.status, [...statuses]), gt(t.endsAt, start), lt(t.startsAt, end)))
      .orderBy(asc(t.startsAt), asc(t.id)),
  );
}

function columnsOf(t: Db['t']['changes']) {
  return {
    ...{ id: t.id, number: t.number, title: t.title, status: t.status, category: t.category },
    ...{ risk: t.risk, requester: t.requester, touches: t.touches },
  };
}

/**
 * The changes that are being carried out and have no window, as emergencies have none: each from its start until when it
 * is to be over. It reads the same index, and whole only those few.
 */
export async function runningWithoutWindow(db: Db): Promise<Planned[]> {
  const rows = await running(db, {});
  return rows.flatMap(({ state, touches, ...row }) => {
    if (state.status !== 'implementing') return [];
    const { startedAt, endBy = startedAt } = state;
    // As above.
    return [{ ...row, ...touches, startsAt: startedAt, endsAt: endBy } as Planned];
  });
}

const running = preparedRead((q, { changes: t }) =>
  q
    .select({ ...columnsOf(t), state: t.state })
    .from(t)
    .where(and(eq(t.status, 'implementing'), isNull(t.endsAt)))
    .orderBy(asc(t.id)),
);
