import { and, asc, eq, isNull } from 'drizzle-orm';
import type { ActionItem } from '../change/aftermath.ts';
import type { Change, ChangeEvent, PersonId } from '../change/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

/** An action item that is still to be done, and the change that it came from. */
export interface OpenAction {
  changeId: string;
  number: string;
  title: string;
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
  const { actions, changes } = db.t;
  const columns = {
    ...{ changeId: actions.changeId, item: actions.item },
    ...{ number: changes.number, title: changes.title, requester: changes.requester },
  };
  const rows = await db.alone((q) =>
    q
      .select(columns)
      .from(actions)
      .innerJoin(changes, eq(changes.id, actions.changeId))
      .where(and(isNull(actions.doneAt), owner === undefined ? undefined : eq(actions.owner, owner)))
      .orderBy(asc(actions.due), asc(actions.id))
      .limit(limit),
  );
  // The column is written by `saveActions` alone. A change with action items has its number.
  return rows.map(({ item, number, ...row }) => ({ ...row, number: number ?? '', item: item as ActionItem }));
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
  return items.map((item) => {
    const { owner, due, done } = item;
    const row = {
      id: `${change.id}/${item.id}`,
      changeId: change.id,
      owner,
      due,
      doneAt: done?.at ?? null,
      item,
    };
    return insertRow(q, actions, row, 'replace');
  });
}
