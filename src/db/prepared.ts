import { type Column, eq, getTableColumns, is, Param, Placeholder, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db, Query, Statement } from './db.ts';

/** When the row's key is taken: fail with a `Conflict`, leave the row that is there, or put this in its place. */
type WhenTaken = 'fail' | 'leave' | 'replace';

type Row = Record<string, unknown>;
type Fill = (row: Row) => Statement;

/** What drizzle wrote for a table, once per store. */
const written = new WeakMap<SQLiteTable, Map<WhenTaken, Fill>>();

/**
 * The insert of one whole row; a column that is left out is null. drizzle writes the SQL the first time only,
 * because that takes it longer than the database takes to run it: for what is written on every click.
 * `replace` is for tables whose key is one column.
 */
export function insertRow<T extends SQLiteTable>(
  q: Query,
  table: T,
  row: T['$inferInsert'],
  whenTaken: WhenTaken,
): Statement {
  const ways = written.get(table) ?? new Map<WhenTaken, Fill>();
  written.set(table, ways);
  const fill = ways.get(whenTaken) ?? prepared(insertOf(q, table, whenTaken));
  ways.set(whenTaken, fill);
  return fill(row);
}

/** drizzle makes them anew each time it is asked. */
const columnsIn = new WeakMap<SQLiteTable, [string, Column][]>();

function columnsOf(table: SQLiteTable): [string, Column][] {
  const columns = columnsIn.get(table) ?? Object.entries<Column>(getTableColumns(table));
  columnsIn.set(table, columns);
  return columns;
}

/** The updates of tables, by the names of the columns that are set. */
const updates = new WeakMap<SQLiteTable, Map<string, Fill>>();

/**
 * The update of one row, of those columns only that are not what they were: SQLite writes anew every index that has a
 * column which is set, also to what it was.
 * @param before what its columns were, as far as is known
 */
export function updateRow<T extends SQLiteTable>(
  q: Query,
  table: T,
  row: T['$inferInsert'],
  before: Partial<T['$inferInsert']>,
): Statement {
  const [now, then]: Row[] = [row, before];
  const columns = columnsOf(table);
  const altered = columns.filter(([name, { primary }]) => !primary && now?.[name] !== then?.[name]);
  const key = altered.map(([name]) => name).join();
  const ways = updates.get(table) ?? new Map<string, Fill>();
  updates.set(table, ways);
  const fill = ways.get(key) ?? prepared(updateOf(q, table, columns, altered));
  ways.set(key, fill);
  return fill(row);
}

function updateOf(
  q: Query,
  table: SQLiteTable,
  all: [string, Column][],
  altered: [string, Column][],
): Statement {
  const key = all.find(([, column]) => column.primary);
  if (!key) throw new Error('an update needs a table whose key is one column');
  const set = altered.map(([name]) => [name, sql.placeholder(name)]);
  return q
    .update(table)
    .set(Object.fromEntries(set))
    .where(eq(key[1], sql.placeholder(key[0])));
}

function insertOf(q: Query, table: SQLiteTable, whenTaken: WhenTaken): Statement {
  const columns = Object.entries<Column>(getTableColumns(table));
  const insert = q
    .insert(table)
    .values(Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)])));
  if (whenTaken === 'fail') return insert;
  if (whenTaken === 'leave') return insert.onConflictDoNothing();
  const [key] = Object.values(getTableColumns(table)).filter((column) => column.primary);
  if (!key) throw new Error('replace needs a table whose key is one column');
  const set = columns.map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]);
  return insert.onConflictDoUpdate({ target: key, set: Object.fromEntries(set) });
}

/** Fills the placeholders of a builder without having drizzle write it again. */
function prepared(builder: Statement): Fill {
  const { sql: text, params } = builder.toSQL();
  const fillers = params.map(filler);
  return (row) => ({ toSQL: () => ({ sql: text, params: fillers.map((fill) => fill(row)) }) });
}

function filler(param: unknown): (row: Row) => unknown {
  if (is(param, Placeholder)) return (row) => row[param.name] ?? null;
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder } = param;
  const { name } = param.value;
  return (row) => {
    const value = row[name] ?? null;
    return value === null ? null : encoder.mapToDriverValue(value);
  };
}

/**
 * A statement for a transaction that drizzle writes the first time only.
 * @param build with `sql.placeholder(name)` for each of the values
 */
export function preparedWrite<V extends Row>(
  build: (q: Query, t: Db['t']) => Statement,
): (q: Query, t: Db['t'], values: V) => Statement {
  const ready = new WeakMap<Db['t'], Fill>();
  return (q, t, values) => {
    const fill = ready.get(t) ?? prepared(build(q, t));
    ready.set(t, fill);
    return fill(values);
  };
}

/** A drizzle query whose values are named placeholders. */
interface Preparable<R> {
  prepare(): { execute(values: Row): PromiseLike<R> };
}

/**
 * A query that drizzle writes and the store prepares the first time only: for what is read on every click, where
 * writing it took twenty times as long as running it.
 * @param build with `sql.placeholder(name)` for each of the values
 */
export function preparedRead<V extends Row, R>(
  build: (q: Query, t: Db['t']) => Preparable<R>,
): (db: Db, values: V) => Promise<R> {
  const ready = new WeakMap<Db, ReturnType<Preparable<R>['prepare']>>();
  return (db, values) =>
    db.alone((q) => {
      const query = ready.get(db) ?? build(q, db.t).prepare();
      ready.set(db, query);
      return query.execute(values);
    });
}
