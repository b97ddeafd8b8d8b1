import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { ActionItem } from '../change/aftermath.ts';
import type { Change, ChangeEvent, Instant, PersonId } from '../change/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

/** An action item that is still to be done, and the change or the meeting of the board that it came from. */
export interface OpenAction {
  /** The change's id, or the meeting's. */
  changeId: string;
  /** Empty for one of a meeting. */
  number: string;
  title: string;
  /** Whoever else may say that it is done: the change's requester, or who gave it in a meeting. */
  requester: PersonId;
  item: ActionItem;
}

/**
 * Action items that are still to be done, the first due first; of closed changes too.
 * @param owner only this person's
 */
export async function openActions(
  db: Db,
  { owner, limit }: { owner?: PersonId; limit: number },
): Promise<OpenAction[]> {
  const { actions, changes, meetings } = db.t;
  const columns = {
    ...{ changeId: actions.changeId, item: actions.item },
    ...{ number: changes.number, title: changes.title, requester: changes.requester },
    meeting: meetings.state,
  };
  const rows = await db.alone((q) =>
    q
      .select(columns)
      .from(actions)
      .leftJoin(changes, eq(changes.id, actions.changeId))
      .leftJoin(meetings, eq(meetings.id, actions.changeId))
      .where(and(isNull(actions.doneAt), owner === undefined ? undefined : eq(actions.owner, owner)))
      .orderBy(asc(actions.due), asc(actions.id))
      .limit(limit),
  );
  return rows.map(({ changeId, number, title, requester, meeting, item }) => {
    return {
      changeId,
      number: number ?? '',
      title: title ?? meeting?.title ?? '',
      requester: requester ?? item.by,
      item,
    };
  });
}

/** Whose action items there are that are still to be done. */
export async function ownersOfActions(db: Db): Promise<PersonId[]> {
  const { actions: t } = db.t;
  const rows = await db.alone((q) => q.selectDistinct({ owner: t.owner }).from(t).where(isNull(t.doneAt)));
  return rows.map(({ owner }) => owner);
}

/**
 * How many action items are still to be done, and how many of these are late.
 * @param owner only this person's
 */
export async function countActions(
  db: Db,
  now: Instant,
  owner?: PersonId,
): Promise<{ open: number; overdue: number }> {
  const { actions: t } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ open: count(), overdue: count(sql`case when ${t.due} < ${now} then 1 end`) })
      .from(t)
      .where(and(isNull(t.doneAt), owner === undefined ? undefined : eq(t.owner, owner))),
  );
  return rows[0] ?? { open: 0, overdue: 0 };
}

/** Open action items as somebody is shown them. */
export interface ActionsFor {
  /** Theirs, then others', of each the first due first. */
  open: OpenAction[];
  /** How many there are, of theirs and of everybody's. */
  mine: number;
  all: number;
}

/** Somebody's action items before everybody else's, as many as are shown, and how many there are. */
export async function actionsFor(db: Db, person: PersonId, shown: number): Promise<ActionsFor> {
  const [theirs, first, mine, all] = await Promise.all([
    openActions(db, { owner: person, limit: shown }),
    // Where fewer are theirs than are shown, as many others are among them as are still needed.
    openActions(db, { limit: 2 * shown }),
    countActions(db, 0, person),
    countActions(db, 0),
  ]);
  const others = first.filter(({ item }) => item.owner !== person);
  return { open: [...theirs, ...others].slice(0, shown), mine: mine.open, all: all.open };
}

/** The statements that save the items which these events touched; of all events, the whole list anew. */
export function saveActions(
  q: Query,
  { actions }: Db['t'],
  change: Change,
  events: readonly ChangeEvent[],
): Statement[] {
  const touched = new Set(events.flatMap((event) => ('action' in event ? [event.action] : [])));
  const items = 'actions' in change ? change.actions.filter(({ id }) => touched.has(id)) : [];
  return items.map((item) => insertRow(q, actions, actionRow(change.id, item), 'replace'));
}

/** An action item's row. @param source the stream that it came from */
export function actionRow(source: string, item: ActionItem) {
  const { owner, due, done } = item;
  return { id: `${source}/${item.id}`, changeId: source, owner, due, doneAt: done?.at ?? null, item };
}
