import { isDeepStrictEqual } from 'node:util';
import { getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { evolveMeeting } from '../board/evolve.ts';
import { evolveTemplate } from '../catalogue/evolve.ts';
import { evolve } from '../change/evolve.ts';
import { evolveFreeze } from '../freeze/evolve.ts';
import { evolveEdition } from '../posts/evolve.ts';
import { evolveWorkspace } from '../workspace/evolve.ts';
import type { Delegation } from '../workspace/types.ts';
import { changeColumns } from './changes.ts';
import type { Db } from './db.ts';
import { type AnyEvent, asEvent } from './events.ts';
import { freezeColumns } from './freezes.ts';
import type { EventRow } from './ledger.ts';
import { meetingColumns } from './meetings.ts';
import { members } from './people.ts';
import { editionColumns } from './posts.ts';

/** A row as it is written; whatever somebody has put into it can be told, and not only what can be read. */
export interface RowKept {
  table: 'changes' | 'templates' | 'meetings' | 'freezes' | 'posts';
  id: string;
  head: string;
  /** JSON, or what somebody has made of it. */
  state: string;
  /** What lists and reports read beside it. */
  columns: Readonly<Record<string, unknown>>;
}

/** The tables of which each row is what its stream of events comes to, and is named as the stream is. */
export function tablesOfRows({ changes, templates, meetings, freezes, posts }: Db['t']) {
  return { changes, templates, meetings, freezes, posts };
}

/** The rows of these streams. */
export async function rowsKept(db: Db, streams: readonly string[]): Promise<RowKept[]> {
  const { changes, templates, meetings, freezes, posts } = tablesOfRows(db.t);
  const read = async (
    table: RowKept['table'],
    t: typeof changes | typeof templates | typeof meetings | typeof freezes | typeof posts,
    beside: Record<string, AnySQLiteColumn | SQL>,
  ): Promise<RowKept[]> => {
    const rows = await db.alone((q) =>
      q
        // Not read as JSON, which it may not be any more.
        .select<typeof beside>({ ...beside, id: t.id, head: t.head, state: sql`${t.state}` })
        .from(t)
        .where(inArray(t.id, [...streams])),
    );
    return rows.map(({ id, head, state, ...columns }) => ({
      ...{ table, columns },
      ...{ id: String(id), head: String(head), state: String(state) },
    }));
  };
  return [
    ...(await read('changes', changes, {
      ...getTableColumns(changes),
      touches: sql`${changes.touches}`,
    })),
    ...(await read('templates', templates, {})),
    ...(await read('meetings', meetings, { status: meetings.status, startsAt: meetings.startsAt })),
    ...(await read('freezes', freezes, { startsAt: freezes.startsAt, endsAt: freezes.endsAt })),
    ...(await read('posts', posts, { post: posts.post, due: posts.due })),
  ];
}

/** Where a row says that its stream ends; 0 where that cannot be read. */
export function endOf({ columns, state }: RowKept): number {
  if (typeof columns.seq === 'number') return columns.seq;
  const said = parsed(state);
  return typeof said === 'object' && said !== null && 'seq' in said && typeof said.seq === 'number'
    ? said.seq
    : 0;
}

/** What is wrong with what a row says, given all events of its stream, which are linked. */
export function wrongIn(row: RowKept, stream: readonly EventRow[]): string | undefined {
  const { table, id } = row;
  const said = foldedBy(() => SAYS[table](id, stream));
  if (!said) return 'its events cannot follow one another';
  const kept: Record<string, unknown> = { ...row.columns, state: row.state };
  return Object.entries(said).every(([column, value]) => isKept(kept[column], value))
    ? undefined
    : `its row in ${table} says something else than its events`;
}

/** Objects are kept as JSON, in which the order of keys says nothing. */
function isKept(kept: unknown, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return kept === value;
  return typeof kept === 'string' && isDeepStrictEqual(parsed(kept), parsed(JSON.stringify(value)));
}

/**
 * What is wrong with who may act in a role, given all events of the workspace, which are linked: with who holds it or is
 * its deputy, with who stands in for whom, and with who is in a user group that holds one.
 */
export async function wrongInRoles(db: Db, stream: readonly EventRow[]): Promise<string | undefined> {
  const workspace = foldedBy(() => folding(evolveWorkspace, '', stream));
  if (!workspace) return 'its events cannot follow one another';
  const { roleHolders, delegations, groupMembers } = db.t;
  const kept = {
    role_holders: (await db.alone((q) => q.select().from(roleHolders))).map(
      ({ role, holder, deputy }) => [role, holder, deputy] as const,
    ),
    delegations: (await db.alone((q) => q.select().from(delegations))).map(standingIn),
    group_members: (await db.alone((q) => q.select().from(groupMembers))).map(
      ({ groupId, personId }) => [groupId, personId] as const,
    ),
  };
  const count = new Set((await members(db)).map(({ id }) => id));
  // Whoever counts no more, or again, is told of a moment later. A group that never held a role is in no event.
  const ofGroups = (all: readonly (readonly [string, string])[]) =>
    all.filter(([group, person]) => Object.hasOwn(workspace.groups, group) && count.has(person));
  const inGroups = Object.entries(workspace.groups).flatMap(([group, people]) =>
    people.map((person) => [group, person] as const),
  );
  const pairs = [
    [
      'role_holders',
      kept.role_holders,
      [...places(workspace.roles, false), ...places(workspace.deputies, true)],
    ],
    ['delegations', kept.delegations, workspace.delegations.map(standingIn)],
    ['group_members', ofGroups(kept.group_members), ofGroups(inGroups)],
  ] as const;
  const wrong = pairs.find(([, rows, said]) => !isDeepStrictEqual(inWords(rows), inWords(said)));
  return wrong && `${wrong[0]} says something else than its events`;
}

function places(roles: Record<string, string[]>, deputy: boolean): [string, string, boolean][] {
  return Object.entries(roles).flatMap(([role, holders]) =>
    holders.map((holder): [string, string, boolean] => [role, holder, deputy]),
  );
}

function standingIn({ id, from, to, startsAt, endsAt }: Delegation): readonly unknown[] {
  return [id, from, to, startsAt, endsAt];
}

const inWords = (rows: readonly (readonly unknown[])[]) => new Set(rows.map((row) => JSON.stringify(row)));

/**
 * What the columns of a row must say by the events of its stream. The rows of each table come from streams that are
 * written from that kind of events alone.
 */
const SAYS: Record<RowKept['table'], (id: string, stream: readonly EventRow[]) => Record<string, unknown>> = {
  changes: (id, stream) => changeColumns(folding(evolve, id, stream)),
  templates: (id, stream) => ({ state: folding(evolveTemplate, id, stream) }),
  meetings: (id, stream) => meetingColumns(folding(evolveMeeting, id, stream)),
  freezes: (id, stream) => freezeColumns(folding(evolveFreeze, id, stream)),
  posts: (id, stream) => editionColumns(folding(evolveEdition, id, stream)),
};

/** @throws where there is no event, or one cannot be read or cannot follow another */
function folding<S, E extends AnyEvent>(
  evolve: (state: S | undefined, event: E, id: string) => S,
  id: string,
  stream: readonly EventRow[],
): S {
  const state = stream.reduce<S | undefined>((state, row) => evolve(state, asEvent<E>(row), id), undefined);
  if (state === undefined) throw new Error(`${id} has no events`);
  return state;
}

/** Nothing where it throws: whoever knows how events are hashed can add such as are linked, and nonsense. */
function foldedBy<T>(fold: () => T): T | undefined {
  try {
    return fold();
  } catch {
    return undefined;
  }
}

function parsed(json: string): unknown {
  return foldedBy((): unknown => JSON.parse(json));
}
