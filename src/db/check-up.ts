import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { type Check, ill, well } from '../check.ts';
import type { Db } from './db.ts';
import { fileOf } from './sqlite-file.ts';

/** Less room than this fills up while nobody looks. */
const LEAST_FREE_MB = 500;
const MB = 1024 * 1024;

/** Whether the store can be written, keeps what it has said that it keeps, and has room. */
export async function checkStore(db: Db, url: string): Promise<Check[]> {
  const all = [await canWrite(db), await isDurable(db)];
  return db.dialect === 'sqlite' ? [...all, await isSound(db), await hasRoom(url)] : all;
}

/** Writes a row and takes it away again, in one transaction. */
async function canWrite(db: Db): Promise<Check> {
  const { settings } = db.t;
  try {
    await db.atomically((q) => [
      q.delete(settings).where(eq(settings.key, 'doctor')),
      q.insert(settings).values({ key: 'doctor', value: 1 }),
      q.delete(settings).where(eq(settings.key, 'doctor')),
    ]);
    return well('The database can be written');
  } catch (error) {
    return ill(`The database cannot be written: ${wordsOf(error)}`, 'Make room, or give back write access');
  }
}

/** An acknowledged click must not be lost in a power cut. */
async function isDurable(db: Db): Promise<Check> {
  const what = 'What is saved survives a power cut';
  if (db.dialect === 'sqlite') {
    const rows = await one(db, sql`synchronous`, sql`pragma_synchronous`);
    return Number(rows) >= 2
      ? well(what)
      : ill('The database does not wait for the disk', 'Report this as a bug');
  }
  const commit = await one(db, sql`current_setting('synchronous_commit')`, sql`(select 1) as one`);
  const fsync = await one(db, sql`current_setting('fsync')`, sql`(select 1) as one`);
  return commit !== 'off' && fsync === 'on'
    ? well(what)
    : ill(
        `PostgreSQL runs with synchronous_commit = ${commit} and fsync = ${fsync}: a crash may lose what was acknowledged`,
        'Set both to on in postgresql.conf',
      );
}

async function isSound(db: Db): Promise<Check> {
  const verdict = await one(db, sql`quick_check`, sql`pragma_quick_check`).catch(wordsOf);
  return verdict === 'ok'
    ? well('The file is sound')
    : ill(`The file is damaged: ${verdict}`, 'Stop Docket and restore a backup: npm run restore -- FILE');
}

async function hasRoom(url: string): Promise<Check> {
  const folder = dirname(fileOf(url));
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / MB);
  return free >= LEAST_FREE_MB
    ? well(`There is room on the disk: ${free.toLocaleString('en')} MB`)
    : ill(
        `Only ${free} MB are left on the disk of ${folder}`,
        'Make room: Docket refuses what it cannot save',
      );
}

async function one(db: Db, what: ReturnType<typeof sql>, from: ReturnType<typeof sql>): Promise<string> {
  const [row] = await db.alone((q) => q.select({ it: sql<unknown>`${what}` }).from(from));
  return String(row?.it);
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
