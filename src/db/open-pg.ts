import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { projectFile } from '../project-file.ts';
import type { Db, Log, OpenOptions, Query, Statement } from './db.ts';
import { Busy, codeOf, InDoubt, meaningOf, plainly, rootOf } from './errors.ts';
import { makeTables } from './tables.ts';
import { pgWords } from './words-pg.ts';

/** Without limits a connection that fell silent is waited for for ever. A form must be answered within 3 s. */
const CONNECT_MS = 2_000;
const QUERY_MS = 2_500;

/**
 * Of a replica that is cut off in the middle nobody tells the server: it would keep what that has written, and all who
 * write the same waiting, until its own network gives up, which takes hours. For so long nobody is busy between two
 * statements; said here and not as it connects, which a pooler before the server may refuse.
 */
const BEGIN = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = '5s'`;

/** Any constant: who holds this advisory lock is the one replica that migrates. */
const MIGRATION_LOCK = 20_261_101;

/** Connects to a PostgreSQL. Throws one plain sentence when that cannot be. */
export async function openPg({ url, log }: OpenOptions): Promise<Db> {
  readNumbers();
  try {
    await bringUpToDate(url);
  } catch (error) {
    throw new Error(whyNot(url, error), { cause: error });
  }
  return asDb(poolOf(url, log));
}

function asDb(pool: pg.Pool): Db {
  // The builders of both dialects read alike; see words-pg.ts for why the cast is safe.
  const q = drizzle({ client: pool }) as unknown as Query;
  // pool.end() forgets those who still wait for a connection, so close() waits for them first.
  const running = new Set<Promise<unknown>>();
  const tracked = <T>(work: () => PromiseLike<T>): Promise<T> => {
    const result = plainly(work);
    const forget = () => void running.delete(result);
    running.add(result);
    result.then(forget, forget);
    return result;
  };
  return {
    dialect: 'postgres',
    t: makeTables(pgWords),
    q,
    atomically: (list) => tracked(() => transact(pool, list(q))),
    alone: (statement) => tracked(() => statement(q)),
    ping: () => tracked(async () => void (await pool.query('select 1'))),
    async close() {
      await Promise.allSettled(running);
      if (!pool.ending) await pool.end();
    },
  };
}

async function transact(pool: pg.Pool, list: readonly Statement[]): Promise<number[]> {
  const client = await pool.connect();
  let committing = false;
  try {
    const written: number[] = [];
    await client.query(BEGIN);
    for (const statement of list) {
      const { sql, params } = statement.toSQL();
      written.push((await client.query(sql, params)).rowCount ?? 0);
    }
    committing = true;
    await client.query('COMMIT');
    client.release();
    return written;
  } catch (error) {
    const meaning = meaningOf(error);
    // A connection in trouble is thrown away, and the server then undoes what was open on it.
    const lost =
      meaning instanceof Busy ||
      (await client.query('ROLLBACK').then(
        () => false,
        () => true,
      ));
    client.release(lost);
    if (committing && meaning instanceof Busy) throw new InDoubt(meaning.message, { cause: error });
    throw meaning;
  }
}

function poolOf(url: string, log: Log | undefined): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
  });
  // A lost connection without a listener would end the process. The pool listens only to idle ones.
  const lost = (error: Error) => log?.warn({ err: error }, 'A database connection was lost.');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', noop));
  return pool;
}

/** Migrates under a lock, so that several replicas may start at once. Ending the connection releases it. */
async function bringUpToDate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', noop);
  await client.connect();
  try {
    await client.query(`set lock_timeout = '30s'`);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: projectFile('drizzle/pg') });
  } finally {
    await client.end();
  }
}

/** int8 and numeric arrive as text; ours are instants, counts and averages, which a number holds exactly enough. */
function readNumbers(): void {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
}

function whyNot(url: string, error: unknown): string {
  const { host, pathname } = new URL(url);
  const server = `PostgreSQL at ${host || 'localhost'}`;
  const code = codeOf(error) ?? '';
  if (/^28/.test(code)) return `${server} refused the user or password in DATABASE_URL. Correct them.`;
  if (code === '3D000')
    return `${server} has no database "${pathname.slice(1)}". Create it, or correct DATABASE_URL.`;
  if (code === '42501')
    return `${server} does not let this user create tables. Make the user the owner of the database.`;
  if (meaningOf(error) instanceof Busy)
    return `${server} cannot be reached (${code || rootOf(error).message}). Check that it runs, and DATABASE_URL.`;
  return `${server} cannot be used: ${rootOf(error).message}.`;
}

function noop(): void {}
