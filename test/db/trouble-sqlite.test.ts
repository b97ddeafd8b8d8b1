import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import type { Db, Statement } from '../../src/db/db.ts';
import { Busy } from '../../src/db/errors.ts';
import { openDb } from '../../src/db/open.ts';
import { onSqlite } from './both.ts';

const folder = mkdtempSync(join(tmpdir(), 'docket-trouble-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const raw = (sql: string): Statement => ({ toSQL: () => ({ sql, params: [] }) });
const save = (db: Db, key: string, value: unknown = 1) =>
  db.atomically((q) => [q.insert(db.t.settings).values({ key, value })]);
const count = (db: Db) => db.q.$count(db.t.settings);
const why = (work: Promise<unknown>) => work.then(String, (error: unknown) => error);

onSqlite('trouble', (open, urls) => {
  it('says so when the disk is full, keeps what was saved, and goes on when there is room', async () => {
    const db = await open();
    await db.atomically(() => [raw('pragma max_page_count = 60')]);
    const much = 'x'.repeat(20_000);
    const results = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => save(db, `${i}`, much)));
    const saved = results.filter((result) => result.status === 'fulfilled').length;
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure).toBeInstanceOf(Busy);
    expect(failures[0]).toMatchObject({ message: 'The disk that holds the database is full.' });
    expect(await count(db)).toBe(saved);
    await db.atomically(() => [raw('pragma max_page_count = 1000')]);
    await save(db, 'after', much);
    expect(await count(await open(db))).toBe(saved + 1);
  });

  it('says so when another program holds the lock, and still reads', async () => {
    const db = await open();
    const other = new Database(urls.of(db).slice('file:'.length));
    other.exec('begin immediate');
    const waiting = Promise.allSettled([save(db, 'a'), save(db, 'b')]);
    const locked = { reason: { message: 'The database is locked by another program.' } };
    expect(await waiting).toMatchObject([locked, locked]);
    expect(await why(save(db, 'c'))).toBeInstanceOf(Busy);
    expect(await count(db)).toBe(0);
    other.exec('rollback');
    other.close();
    await save(db, 'a');
    expect(await count(db)).toBe(1);
  });

  it('says so when the file is damaged while it is open, of what is read and of what is written', async () => {
    const db = await open();
    const path = urls.of(db).slice('file:'.length);
    // More than is kept in memory, and none of it waiting in the journal.
    for (let n = 0; n < 200; n++) await save(db, `${n}`, 'x'.repeat(20_000));
    const other = new Database(path);
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    const file = openSync(path, 'r+');
    const { size } = fstatSync(file);
    writeSync(file, Buffer.alloc(size - 8192, 0xa5), 0, size - 8192, 8192);
    closeSync(file);
    const damaged = { message: 'The database file is damaged.' };
    const all = db.alone((q) => q.select({ value: db.t.settings.value }).from(db.t.settings));
    expect(await why(all)).toBeInstanceOf(Busy);
    expect(await why(all)).toMatchObject(damaged);
    expect(await why(save(db, 'new', 'y'.repeat(50_000)))).toMatchObject(damaged);
  });
});

it('says in a sentence why a store cannot be opened', async () => {
  const plain = join(folder, 'plain.txt');
  writeFileSync(plain, 'This is no database. '.repeat(500));
  expect(await why(openDb({ url: `file:${plain}` }))).toMatchObject({
    message: `${plain} is damaged or is not a SQLite database. Restore it from a backup, or let DATABASE_URL name another file.`,
  });
  expect(String(await why(openDb({ url: `file:${plain}/x.db` })))).toContain('cannot be opened for writing');
  expect(String(await why(openDb({ url: 'mysql://x' })))).toContain('DATABASE_URL must begin with file:');
  expect(String(await why(openDb({ url: `file:${folder}` })))).toContain('cannot be opened for writing');
});

it('makes the folder, and takes the three ways of writing a file url', async () => {
  for (const url of [`file:${folder}/a/b.db`, `file://${folder}/c/d.db`]) {
    const db = await openDb({ url });
    await save(db, 'k');
    await db.close();
    await db.close();
  }
});
