import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from './db.ts';

/** Only what was made here is ever taken away again. */
const NAME = /^docket-(\d{4}-\d{2}-\d{2})\.db$/;

/**
 * Copies the database to the folder under the name of a day, and takes away the copies of days before another.
 * Done again, for instance after a crash, it leaves the copy that is there.
 * @param day ISO date
 * @param keepFrom the first day whose copy stays
 * @returns the copy's file, and its size in bytes
 */
export async function keepBackup(
  db: Db,
  folder: string,
  { day, keepFrom }: { day: string; keepFrom: string },
): Promise<{ file: string; bytes: number }> {
  if (!db.backUp) throw new Error('This database is backed up with its own tools.');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `docket-${day}.db`);
  if (!existsSync(file)) await db.backUp(file);
  for (const name of readdirSync(folder)) {
    const of = NAME.exec(name)?.[1];
    if (of && of < keepFrom) rmSync(join(folder, name));
  }
  return { file, bytes: statSync(file).size };
}
