import type { WebClient } from '@slack/web-api';
import { minutesMarkdown } from '../../board/minutes-markdown.ts';
import type { NamedPeriod } from '../../calendar/period.ts';
import {
  APPROVAL_COLUMNS,
  approvalRows,
  REFUSAL_COLUMNS,
  refusalRow,
  refusalRows,
} from '../../change/export/evidence-rows.ts';
import { COLUMNS, exportRow } from '../../change/export/row.ts';
import { changesAlive } from '../../db/evidence.ts';
import { allNames } from '../../db/people.ts';
import { collectEvidence, type PeriodEvidence } from '../../engine/evidence.ts';
import { evidenceMarkdown } from '../../engine/evidence-markdown.ts';
import {
  ACCESS_COLUMNS,
  accessRows,
  FREEZE_COLUMNS,
  freezeRows,
  overrideRows,
  templateVoteRows,
} from '../../engine/evidence-rows.ts';
import { countRefusal, emptyTally, type Tally, tallied } from '../../engine/evidence-tally.ts';
import type { World } from '../../engine/world.ts';
import { entriesOf } from '../../entries.ts';
import { count, when } from '../blocks/format.ts';
import { titleOf, UPKEEP } from '../posts.ts';
import type { Sending } from '../wire/send-file.ts';
import { csvOf } from './csv.ts';
import { namesIn } from './names.ts';

/** The tables, and what each row of them is. */
const TABLES = {
  changes: { columns: COLUMNS, row: 'a change to which something happened in the period, as it stands now' },
  approvals: {
    columns: APPROVAL_COLUMNS,
    row: 'a decision that somebody made in the period, on a change or on a template of the catalogue',
  },
  freezes: {
    columns: FREEZE_COLUMNS,
    row: 'a freeze that was in force or was declared, a change that one held, or one that somebody let in',
  },
  access: { columns: ACCESS_COLUMNS, row: 'a right that somebody had, from when until when' },
  refusals: { columns: REFUSAL_COLUMNS, row: 'something that somebody tried and the rules refused' },
} as const;
type TableName = keyof typeof TABLES;

/** A table while it is written. */
interface Written {
  parts: string[];
  rows: number;
}

type Files = Pick<Sending, 'name' | 'title' | 'comment' | 'bytes' | 'also'>;

/**
 * The evidence of a period: one document, and the tables and minutes that it speaks of. The records of its changes are
 * read some at a time; what is kept of them is their rows.
 * @param fileName makes a name that no other file has
 * @param going asked after each part of them: to read all may take longer than a lease
 */
export async function evidenceFiles(
  world: World,
  client: WebClient,
  period: NamedPeriod,
  { fileName, going }: { fileName(what: string, ending: string): string; going(): Promise<void> },
): Promise<Files> {
  const { db, policy, clock } = world;
  const evidence = await collectEvidence(world, period, UPKEEP);
  const tables = begun();
  const tally = emptyTally();
  const people = await allNames(db);
  const called = { person: (id: string) => people.get(id) ?? id, channel: (id: string) => id };
  for await (const some of changesAlive(db, period)) {
    await going();
    const each = some.map(({ change, events }) => {
      const happened = events.filter(({ at }) => at >= period.start && at < period.end);
      return { change, happened, source: { change, policy, names: called } };
    });
    for (const recorded of some) tallied(tally, recorded, { range: period, policy, now: clock.now() });
    add(
      tables.changes,
      some.map(({ change }) => exportRow(change, policy, called)),
    );
    add(
      tables.approvals,
      each.flatMap(({ happened, source }) => approvalRows(happened, source)),
    );
    add(
      tables.refusals,
      each.flatMap(({ happened, source }) => refusalRows(happened, source)),
    );
    add(
      tables.freezes,
      each.flatMap(({ change, happened, source }) => overrideRows(change, happened, source)),
    );
  }
  const names = await namesIn(world, [evidence], client);
  add(tables.freezes, freezeRows(evidence, period, { policy, names }));
  add(tables.approvals, templateVoteRows(evidence, { policy, names }));
  add(tables.access, accessRows(evidence, { policy, names }));
  for (const { of, event } of evidence.refusedBeside) {
    countRefusal(tally, event.code);
    add(tables.refusals, [refusalRow(of, event, names)]);
  }
  const key = period.key.toLowerCase();
  const csvs = entriesOf(tables).map(([table, { parts, rows }]) => ({
    name: fileName(`${table}-${key}`, 'csv'),
    title: `${period.key}: ${table}`,
    bytes: Buffer.from(parts.join('')),
    ...{ rows, row: TABLES[table].row },
  }));
  const minutes = minutesFile(evidence, { policy, names }, fileName(`minutes-${key}`, 'md'));
  const files = [...csvs, ...(minutes ? [minutes] : [])];
  const text = evidenceMarkdown({ evidence, tally, policy, names, files, titleOf });
  return {
    name: fileName(`evidence-${key}`, 'md'),
    title: `${period.key}: the evidence of the period`,
    bytes: Buffer.from(text),
    comment: comment(evidence, tally),
    also: files.map(({ name, title, bytes }) => ({ name, title, bytes })),
  };
}

function begun(): Record<TableName, Written> {
  const head = (table: TableName): Written => ({ parts: [csvOf([TABLES[table].columns], true)], rows: 0 });
  return {
    ...{ changes: head('changes'), approvals: head('approvals'), freezes: head('freezes') },
    ...{ access: head('access'), refusals: head('refusals') },
  };
}

function add(table: Written, rows: readonly string[][]): void {
  if (rows.length === 0) return;
  table.parts.push(csvOf(rows));
  table.rows += rows.length;
}

/** The minutes of all meetings that were held, one after the other. */
function minutesFile(
  { meetings, period }: PeriodEvidence,
  { policy, names }: Pick<Parameters<typeof evidenceMarkdown>[0], 'policy' | 'names'>,
  name: string,
) {
  const all = meetings.flatMap((meeting) => minutesMarkdown(meeting, policy, names.person) ?? []);
  if (all.length === 0) return undefined;
  return {
    ...{ name, title: `${period.key}: minutes of the board`, bytes: Buffer.from(all.join('\n---\n\n')) },
    ...{ rows: all.length, row: 'the minutes of a meeting of the board, in full' },
  };
}

function comment({ period, at }: PeriodEvidence, { changes, exceptions }: Tally): string {
  const found = [...exceptions.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  return [
    `*Evidence of ${period.key}*, from ${when(period.start)} until before ${when(period.end)}, as of ${when(at)}: ${count(changes, 'change')}.`,
    found === 0
      ? 'Of what auditors write up, nothing was found.'
      : `Of what auditors write up, ${count(found, 'case')} ${found === 1 ? 'was' : 'were'} found: the document lists them.`,
    'Begin with the document; it says what the tables are, whether they are complete, and how to check the record.',
  ].join('\n');
}
