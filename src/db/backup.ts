import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { fileOf } from './sqlite-file.ts';

/**
 * Copies a SQLite database to a file of its own while Docket goes on working: page by page, so that nobody waits. A copy
 * that was cut short never has the copy's name.
 * @throws {Error} with a sentence when the copy is there already or cannot be made
 */
export async function backUp(url: string, copy: string): Promise<void> {
  if (existsSync(copy)) throw new Error(`${copy} is there already. Name a new file.`);
  mkdirSync(dirname(copy), { recursive: true });
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  const sqlite = new Database(fileOf(url), { readonly: true, fileMustExist: true });
  try {
    // At one state of it: else it begins anew with every write of somebody else, and while people work it never ends.
    sqlite.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    await sqlite.backup(part);
  } finally {
    sqlite.close();
  }
  // One file and no log beside it, so that it can be carried away as it is.
  const alone = new Database(part);
  alone.pragma('journal_mode = DELETE');
  alone.close();
  renameSync(part, copy);
}

/**
 * Puts a backup in the place of a SQLite database. What was there is kept beside it.
 * @returns the name under which what was there is kept, if something was
 * @throws {Error} with a sentence when the backup is damaged or Docket is still running
 */
export function restore(url: string, copy: string, suffix: string): string | undefined {
  check(copy);
  const file = fileOf(url);
  const kept = `${file}.before-${suffix}`;
  const coming = `${file}.restoring`;
  mkdirSync(dirname(file), { recursive: true });
  const old = existsSync(file);
  if (old) settle(file);
  // Whole beside it first: a disk that is full, or a plug that is pulled, must not leave half of one in its place.
  copyFileSync(copy, coming);
  if (old) renameSync(file, kept);
  for (const beside of ['-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
  renameSync(coming, file);
  return existsSync(kept) ? kept : undefined;
}

function check(copy: string): void {
  if (!existsSync(copy)) throw new Error(`There is no file ${copy}.`);
  const problem = problemOf(copy);
  if (problem) throw new Error(`${copy} is damaged and was not restored: ${problem}`);
}

function problemOf(copy: string): string | undefined {
  try {
    const sqlite = new Database(copy, { readonly: true });
    const found: unknown = sqlite.pragma('integrity_check', { simple: true });
    sqlite.close();
    return found === 'ok' ? undefined : String(found);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Brings what is in the log beside the file into it, which only works while nobody else has it open. */
function settle(file: string): void {
  const sqlite = new Database(file, { timeout: 0 });
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.exec('BEGIN EXCLUSIVE; COMMIT');
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw new Error(`${file} is in use. Stop Docket first; nothing was changed.`, { cause: error });
  } finally {
    sqlite.close();
  }
}
