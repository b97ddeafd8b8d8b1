import { existsSync } from 'node:fs';
import { auditRecord, type Head, headOf } from './db/audit.ts';
import { backUp, restore } from './db/backup.ts';
import type { Db } from './db/db.ts';
import { openDb } from './db/open.ts';
import { fileOf } from './db/sqlite-file.ts';

/** What was being saved a moment ago is not part of a head: it must come out the same ever after. */
const SETTLED_MS = 5 * 60_000;

const HELP = `What an operator does beside running it:
  verify                  walk the whole record, and print its head
  verify --head "<head>"  and compare it with a head that was kept elsewhere
  backup <file>           copy the SQLite database to a new file while Docket runs
  doctor                  check the configuration, the database, the policy and Slack
  restore <file>          put a backup in the place of the SQLite database, Docket being stopped
`;

type Say = (line: string) => void;

/**
 * The operator's commands (`npm run audit:verify`, `npm run backup`, `npm run restore`).
 * @returns the exit code: 0 when all is well, 1 when it is not
 */
export async function operate(
  args: readonly string[],
  databaseUrl: string,
  now: Date,
  say: Say,
): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'verify':
      return isThere(databaseUrl, say) ? withDb(databaseUrl, (db) => verify(db, rest, now, say)) : 1;
    case 'backup':
      return backup(databaseUrl, rest[0], say);
    case 'restore':
      return putBack(databaseUrl, rest[0], now, say);
    default:
      say(HELP);
      return command === undefined || command === 'help' ? 0 : 1;
  }
}

/** To open a file that is not there makes one, and nothing is wrong with an empty record. */
function isThere(databaseUrl: string, say: Say): boolean {
  if (!databaseUrl.startsWith('file:') || existsSync(fileOf(databaseUrl))) return true;
  say(`There is no database ${fileOf(databaseUrl)}. Let DATABASE_URL name the one that Docket runs with.`);
  return false;
}

async function verify(db: Db, args: readonly string[], now: Date, say: Say): Promise<number> {
  const { streams, events, breaches } = await auditRecord(db);
  for (const { stream, seq, reason } of breaches) say(`BROKEN  ${stream} at event ${seq}: ${reason}`);
  if (breaches.length === 0)
    say(`Whole: ${events} events in ${streams} streams, each linked to the one before.`);
  say(`Head: ${inLine(await headOf(db, now.getTime() - SETTLED_MS))}`);
  const kept = args[args.indexOf('--head') + 1];
  const same = args.includes('--head') ? await compare(db, kept ?? '', say) : true;
  return breaches.length === 0 && same ? 0 : 1;
}

/** A record whose links all hold may still have lost its end, or have been written anew as a whole. */
async function compare(db: Db, line: string, say: Say): Promise<boolean> {
  const [until = '', events, digest] = line.trim().split(/\s+/);
  const instant = Date.parse(until);
  if (Number.isNaN(instant) || !digest) {
    say('That is no head. It looks like this: 2026-11-22T23:00:00.000Z 1234 9f86d081…');
    return false;
  }
  const now = await headOf(db, instant);
  const same = now.digest === digest && String(now.events) === events;
  const what = `at ${until} it had ${events} events`;
  say(
    same
      ? `The same as the head that was kept: ${what}.`
      : `ALTERED since that head was taken: ${what}, of which the record now has ${now.events}${String(now.events) === events ? ', with other content' : ''}.`,
  );
  return same;
}

const inLine = ({ until, events, digest }: Head) => `${new Date(until).toISOString()} ${events} ${digest}`;

async function backup(databaseUrl: string, file: string | undefined, say: Say): Promise<number> {
  if (!file) return missing('backup', say);
  if (!databaseUrl.startsWith('file:')) return theirs('pg_dump --format=custom --file', file, say);
  await backUp(databaseUrl, file);
  say(`Copied to ${file}.`);
  return 0;
}

async function putBack(databaseUrl: string, file: string | undefined, now: Date, say: Say): Promise<number> {
  if (!file) return missing('restore', say);
  if (!databaseUrl.startsWith('file:')) return theirs('pg_restore --clean --if-exists --dbname', file, say);
  const kept = restore(databaseUrl, file, now.toISOString().replace(/\D/g, '').slice(0, 14));
  if (kept) say(`What was there before is kept as ${kept}.`);
  say(`Restored from ${file}:`);
  return withDb(databaseUrl, (db) => verify(db, [], now, say));
}

function missing(command: string, say: Say): number {
  say(`Please name a file: npm run ${command} -- data/copy.db`);
  return 1;
}

function theirs(tool: string, file: string, say: Say): number {
  say(`PostgreSQL has its own tool for this: ${tool} "$DATABASE_URL" ${file}`);
  return 1;
}

async function withDb<T>(databaseUrl: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb({ url: databaseUrl });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
