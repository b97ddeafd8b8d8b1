import { copyFileSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Db } from '../src/db/db.ts';
import { openDb } from '../src/db/open.ts';
import { handle } from '../src/engine/handle.ts';
import { operate } from '../src/operate.ts';
import { DANA } from './change/company.ts';
import { complete } from './change/proposals.ts';
import { onBoth } from './db/both.ts';
import { makeTestWorld, settle } from './engine/open-world.ts';

/** Far enough after the tests' clock that all of it is settled. */
const LATER = new Date('2027-01-01T00:00:00Z');

async function run(url: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await operate(args, url, LATER, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

async function fileChanges(db: Db, count: number): Promise<string[]> {
  const world = makeTestWorld(db);
  await settle(world);
  const ids = Array.from({ length: count }, (_, i) => `c${i}`);
  for (const id of ids)
    await handle(
      world,
      id,
      { type: 'Submit', id, category: 'standard', proposal: complete.standard() },
      DANA,
    );
  return ids;
}

const headIn = (said: string) => /^Head: (.*)$/m.exec(said)?.[1] ?? '';

onBoth('audit:verify', (open, urls) => {
  it('finds the record whole, and the same as the head that was kept', async () => {
    const db = await open();
    await fileChanges(db, 3);
    const first = await run(urls.of(db), 'verify');
    expect(first).toMatchObject({ code: 0, said: expect.stringContaining('in 4 streams') });
    const again = await run(urls.of(db), 'verify', '--head', headIn(first.said));
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('The same as the head') });
    const nonsense = await run(urls.of(db), 'verify', '--head', 'last tuesday');
    expect(nonsense).toMatchObject({ code: 1, said: expect.stringContaining('That is no head') });
  });

  it('names the first event that was altered', async () => {
    const db = await open();
    const [, second = ''] = await fileChanges(db, 3);
    const { events } = db.t;
    await db.atomically((q) => [
      q.update(events).set({ actor: 'U0FORGER' }).where(eq(events.stream, second)),
    ]);
    const { code, said } = await run(urls.of(db), 'verify');
    expect(code).toBe(1);
    expect(said).toContain(`BROKEN  ${second} at event 1: its content is not what was hashed`);
    expect(said.match(/BROKEN/g)).toHaveLength(1);
  });

  it('finds a change taken out whole, by its row or by a head that was kept', async () => {
    const db = await open();
    const [first = '', second = ''] = await fileChanges(db, 3);
    const { events, changes } = db.t;
    const kept = headIn((await run(urls.of(db), 'verify')).said);
    await db.atomically((q) => [q.delete(events).where(eq(events.stream, first))]);
    expect((await run(urls.of(db), 'verify')).said).toContain(
      `BROKEN  ${first} at event 1: all its events are missing`,
    );
    await db.atomically((q) => [
      q.delete(changes).where(eq(changes.id, first)),
      q.delete(events).where(eq(events.stream, second)),
      q.delete(changes).where(eq(changes.id, second)),
    ]);
    expect((await run(urls.of(db), 'verify')).code).toBe(0);
    const compared = await run(urls.of(db), 'verify', '--head', kept);
    expect(compared).toMatchObject({ code: 1, said: expect.stringContaining('ALTERED since') });
  });
});

it('backs up while the database is in use, and restores what the backup holds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-operate-'));
  const url = `file:${join(folder, 'docket.db')}`;
  const copy = join(folder, 'copies', 'monday.db');
  const db = await openDb({ url });
  await fileChanges(db, 2);
  expect(await run(url, 'backup', copy)).toMatchObject({ code: 0 });
  await expect(run(url, 'backup', copy)).rejects.toThrow('is there already');
  await db.atomically((q) => [q.delete(db.t.changes), q.delete(db.t.events)]);

  await expect(run(url, 'restore', copy)).rejects.toThrow(
    'is in use. Stop Docket first; nothing was changed.',
  );
  await db.close();
  const restored = await run(url, 'restore', copy);
  expect(readdirSync(join(folder, 'copies'))).toEqual(['monday.db']);
  expect(restored.said).toMatch(/kept as .*docket\.db\.before-20270101000000/);
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('Whole: ') });
  const after = await openDb({ url });
  expect(await after.q.select().from(after.t.changes)).toHaveLength(2);
  await after.close();
});

it('comes to the end of a backup although somebody writes all the while, and has its name only then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-operate-'));
  const [file, copy] = [join(folder, 'docket.db'), join(folder, 'copy.db')];
  await (await openDb({ url: `file:${file}` })).close();
  // More than is copied in one go, so that the writes come in between.
  const writer = new Database(file);
  writer.exec('CREATE TABLE padding (text)');
  const write = writer.prepare('INSERT INTO padding VALUES (?)');
  for (let n = 0; n < 500; n++) write.run('x'.repeat(10_000));
  // What an earlier one has left that was killed.
  writeFileSync(`${copy}.part`, 'half of a copy');
  let busy = true;
  let early = false;
  const goOn = () => {
    write.run('y');
    early ||= busy && existsSync(copy);
    if (busy) setImmediate(goOn);
  };
  goOn();
  expect(await run(`file:${file}`, 'backup', copy)).toMatchObject({ code: 0 });
  busy = false;
  expect(early).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  expect(new Database(copy).prepare('SELECT count(*) AS n FROM padding').get()).toMatchObject({
    n: expect.any(Number),
  });
});

it('finds no record whole that is not there, and makes none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-'));
  const { code, said } = await run(`file:${join(folder, 'docket.db')}`, 'verify');
  expect([code, said]).toEqual([1, expect.stringContaining('There is no database')]);
  expect(readdirSync(folder)).toEqual([]);
});

it('restores nothing that is damaged, and asks for what is missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-operate-'));
  const [file, copy] = [join(folder, 'docket.db'), join(folder, 'copy.db')];
  await (await openDb({ url: `file:${file}` })).close();
  writeFileSync(copy, 'not a database at all, but long enough to be taken for one by its size');
  await expect(run(`file:${file}`, 'restore', copy)).rejects.toThrow('is damaged and was not restored');
  await expect(run(`file:${file}`, 'restore', join(folder, 'none.db'))).rejects.toThrow('There is no file');
  expect(new Database(file, { readonly: true }).open).toBe(true);
  expect((await run(`file:${file}`, 'backup')).code).toBe(1);
  expect((await run('postgres://x/y', 'backup', copy)).said).toContain('pg_dump');
  expect((await run('postgres://x/y', 'restore', copy)).said).toContain('pg_restore');
  expect((await run(`file:${file}`, 'fly')).code).toBe(1);
  expect(existsSync(`${file}.before-20270101000000`)).toBe(false);
  copyFileSync(file, join(folder, 'whole.db'));
  expect((await run(`file:${file}`, 'restore', join(folder, 'whole.db'))).code).toBe(0);
});
