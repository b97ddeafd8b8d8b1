import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Db, Statement } from '../../src/db/db.ts';
import { Busy } from '../../src/db/errors.ts';
import { openDb } from '../../src/db/open.ts';
import { onPostgres } from './both.ts';
import { proxy } from './proxy.ts';

const raw = (text: string): Statement => ({ toSQL: () => ({ sql: text, params: [] }) });
const save = (db: Db, key: string) =>
  db.atomically((q) => [q.insert(db.t.settings).values({ key, value: 1 })]);
const count = (db: Db) => db.q.$count(db.t.settings);
const why = (work: Promise<unknown>) => work.then(String, (error: unknown) => error);

/** Cuts every other connection to this database, as a failing or restarted server does. */
const cutOthers = (db: Db) =>
  db.alone((q) =>
    q
      .select({ cut: sql`pg_terminate_backend(pid)` })
      .from(sql`pg_stat_activity`)
      .where(sql`datname = current_database() and pid <> pg_backend_pid()`),
  );

onPostgres('trouble', (open, urls) => {
  it('outlives connections that are cut while idle', async () => {
    const db = await open();
    const other = await open(db);
    await Promise.all(['a', 'b', 'c'].map((key) => save(db, key)));
    await cutOthers(other);
    // Until a socket has told its end, it may still be handed out once.
    await expect.poll(() => save(db, 'd').then(String, String)).toMatch(/undefined|Conflict/);
    expect(await count(db)).toBe(4);
  });

  it('saves nothing of a list whose connection is cut in the middle, and says so', async () => {
    const db = await open();
    const other = await open(db);
    const list = db.atomically((q) => [
      q.insert(db.t.settings).values({ key: 'a', value: 1 }),
      raw('select pg_sleep(10)'),
    ]);
    const answer = why(list);
    const sleeping = () =>
      other.q
        .select({ n: sql<number>`count(*)` })
        .from(sql`pg_stat_activity where query = 'select pg_sleep(10)' and datname = current_database()`);
    await expect.poll(sleeping).toEqual([{ n: 1 }]);
    await cutOthers(other);
    expect(await answer).toBeInstanceOf(Busy);
    expect(await count(db)).toBe(0);
  });

  it('does not wait for ever for a server that fell silent', async () => {
    const fresh = new URL(await urls.fresh());
    const between = await proxy(Number(fresh.port));
    fresh.port = String(between.port);
    const db = await openDb({ url: fresh.href });
    await save(db, 'a');
    between.silence(true);
    expect(await why(save(db, 'b'))).toBeInstanceOf(Busy);
    between.silence(false);
    await save(db, 'c');
    between.stop();
    expect(await why(save(db, 'd'))).toBeInstanceOf(Busy);
    expect(await why(db.ping())).toBeInstanceOf(Busy);
    await db.close();
  });

  it('lets go of what a replica held that was cut off in the middle and of whose end nobody hears', async () => {
    const other = await open();
    const url = new URL(urls.of(other));
    const between = await proxy(Number(url.port));
    url.port = String(between.port);
    const db = await openDb({ url: url.href });
    const list = db.atomically((q) => [
      q.insert(db.t.settings).values({ key: 'a', value: 1 }),
      raw('select pg_sleep(0.5)'),
    ]);
    const answer = why(list);
    const sleeping = () =>
      other.q
        .select({ n: sql<number>`count(*)` })
        .from(sql`pg_stat_activity where query = 'select pg_sleep(0.5)' and datname = current_database()`);
    await expect.poll(sleeping).toEqual([{ n: 1 }]);
    between.silence(true);
    expect(await answer).toBeInstanceOf(Busy);
    // Whoever writes the same waits for it, each time for as long as anybody waits.
    await expect.poll(() => save(other, 'a').then(String, String), { timeout: 15_000 }).toBe('1');
    between.stop();
    await db.close();
  });

  it('lets several replicas bring one database up to date at once', async () => {
    const url = await urls.fresh();
    const all = await Promise.all(Array.from({ length: 6 }, () => openDb({ url })));
    await Promise.all(all.map((db, i) => save(db, `${i}`)));
    expect(await count(all[0] ?? (await open()))).toBe(6);
    await Promise.all(all.map((db) => db.close()));
  });

  it('says in a sentence why a server cannot be used, without its password', async () => {
    const good = new URL(await urls.fresh());
    const but = async (change: (url: URL) => void) => {
      const url = new URL(good);
      change(url);
      return String(await why(openDb({ url: url.href })));
    };
    const [unreachable, refused, missing] = [
      await but((url) => (url.port = '1')),
      await but((url) => (url.password = 'secret')),
      await but((url) => (url.pathname = '/elsewhere')),
    ];
    expect(unreachable).toMatch(/PostgreSQL at 127.0.0.1:1 cannot be reached \(ECONNREFUSED\)/);
    expect(refused).toContain('refused the user or password');
    expect(missing).toContain('has no database "elsewhere"');
    expect(unreachable + refused + missing).not.toMatch(/secret|:password/);
  });
});
