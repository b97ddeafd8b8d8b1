import { type Column, getTableColumns, getTableName, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { makeTables } from '../../src/db/tables.ts';
import { pgWords } from '../../src/db/words-pg.ts';
import { sqliteWords } from '../../src/db/words-sqlite.ts';
import { onBoth } from './both.ts';

/** By table, its columns as `name` or `name?` where it may be null, as the code declares them. */
function declared(tables: ReturnType<typeof makeTables>): Record<string, string[]> {
  return Object.fromEntries(
    Object.values(tables).map((table) => [
      getTableName(table),
      Object.values<Column>(getTableColumns(table)).map(({ name, notNull }) => (notNull ? name : `${name}?`)),
    ]),
  );
}

/** The same, as the database itself tells it. */
async function found({ q, dialect }: Db, tables: string[]): Promise<Record<string, string[]>> {
  const nullable = dialect === 'sqlite' ? sql`"notnull" = 0` : sql`is_nullable = 'YES'`;
  const name = dialect === 'sqlite' ? sql`name` : sql`column_name`;
  const from = (table: string) =>
    dialect === 'sqlite'
      ? sql`pragma_table_info(${table}) order by cid`
      : sql`information_schema.columns where table_name = ${table} order by ordinal_position`;
  const columns = sql<string>`${name} || case when ${nullable} then '?' else '' end`;
  const entries = tables.map(async (table): Promise<[string, string[]]> => {
    const rows = await q.select({ columns }).from(from(table));
    return [table, rows.map((row) => row.columns)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

it('declares the same tables, columns and nullability in both dialects', () => {
  expect(declared(makeTables(pgWords))).toEqual(declared(makeTables(sqliteWords)));
});

onBoth('migrations', (open) => {
  it('make the tables that the code declares, and make them once', async () => {
    const db = await open();
    const tables = declared(db.t);
    expect(await found(db, Object.keys(tables))).toEqual(tables);
    await db.atomically((q) => [q.insert(db.t.settings).values({ key: 'k', value: 1 })]);
    const again = await open(db);
    expect(await again.q.select().from(again.t.settings)).toEqual([{ key: 'k', value: 1 }]);
  });

  it('give numbers for instants, counts, sums and averages alike', async () => {
    const db = await open();
    const { roleHolders } = db.t;
    await db.atomically((q) => [q.insert(roleHolders).values({ role: 'a', holder: 'U1', deputy: false })]);
    const big = sql<number>`sum(1795000000000)`;
    const rows = await db.q
      .select({ n: sql<number>`count(*)`, big, avg: sql<number>`avg(3)` })
      .from(roleHolders);
    expect(rows).toEqual([{ n: 1, big: 1_795_000_000_000, avg: 3 }]);
  });
});
