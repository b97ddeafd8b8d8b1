/** A million changes in a few minutes: the rows of one, copied by SQL. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

export interface Original {
  /** The id of the change that is copied, and its number. */
  id: string;
  number: string;
}

/** The column by which a table says whose a row is. */
const OWNED_BY = {
  changes: 'id',
  search: 'change_id',
  figures: 'change_id',
  clocks: 'change_id',
  slack_messages: 'stream',
} as const;

/**
 * Copies a change that is in the file, with all that is kept of it, so many times. The copies count on from its id and
 * its number, and their events are linked by hashes of their own.
 */
export function copyMany(file: string, { id, number }: Original, copies: number): void {
  const sqlite = new Database(file);
  // It is thrown away if it is not finished.
  sqlite.pragma('journal_mode = DELETE');
  sqlite.pragma('journal_mode = OFF');
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -500000');
  sqlite.function('sha256', { deterministic: true }, (text) =>
    createHash('sha256').update(String(text)).digest('hex'),
  );
  const [, idStart = '', first] = /^(.*?)(\d+)$/.exec(id) ?? [];
  const [, numberStart = '', n] = /^(.*?)(\d+)$/.exec(number) ?? [];
  const series = `with recursive s(i) as (select 1 union all select i + 1 from s where i < ${copies})`;
  const named = (text: string) =>
    `replace(replace(${text}, '${id}', '${idStart}' || (${first} + i)), '${number}', '${numberStart}' || (${n} + i))`;
  const value = (table: string, { name, type }: { name: string; type: string }) => {
    const column = `t."${name}"`;
    if ((table === 'changes' && name === 'n') || (table === 'search' && name === 'key'))
      return `${column} + i`;
    if (type.toLowerCase() !== 'text') return column;
    // The number is among the words without what stands before it.
    return name === 'words' ? `replace(${column}, '${n}', ${n} + i)` : named(column);
  };
  const columnsOf = (table: string) =>
    sqlite
      .prepare<[string], { name: string; type: string }>('select name, type from pragma_table_info(?)')
      .all(table);
  sqlite.exec('begin');
  for (const [table, owner] of Object.entries(OWNED_BY)) {
    const columns = columnsOf(table);
    sqlite.exec(`insert into ${table} (${columns.map(({ name }) => `"${name}"`).join()}) ${series}
      select ${columns.map((column) => value(table, column)).join()} from s cross join ${table} t where t.${owner} = '${id}'`);
  }
  const events = sqlite.prepare<[string], { seq: number }>('select seq from events where stream = ?').all(id);
  const stream = named('t.stream');
  const prev = `coalesce((select hash from events p where p.stream = ${stream} and p.seq = t.seq - 1), '')`;
  const data = named('t.data');
  for (const { seq } of events)
    sqlite.exec(`insert into events (stream, seq, type, actor, at, data, prev, hash) ${series}
      select ${stream}, t.seq, t.type, t.actor, t.at, ${data}, ${prev},
        sha256(json_array(${prev}, ${stream}, t.seq, t.type, t.actor, t.at, ${data}))
      from s cross join events t where t.stream = '${id}' and t.seq = ${seq}`);
  sqlite.exec(`update changes set head = (select hash from events where stream = changes.id order by seq desc limit 1)
    where id like '${idStart}%' and id <> '${id}'`);
  sqlite.exec('commit');
  sqlite.pragma('journal_mode = WAL');
  sqlite.close();
}
