import { stringify } from 'csv-stringify/sync';
import type { Export } from '../change/export.ts';
import { namesOf } from '../db/people.ts';
import { figureRows } from '../engine/figure-rows.ts';
import { periodMarkdown } from '../engine/period-markdown.ts';
import { periodWords } from '../engine/report-words.ts';
import { makeReport, peopleIn, periodAt, type Report } from '../engine/reports.ts';
import type { World } from '../engine/world.ts';
import type { Policy } from '../policy/schema.ts';

/** A report as a file: the guide's document, or its figures as a table that programs read. */
export async function reportFile(world: World, { kind, start, as }: Extract<Export, { of: 'report' }>) {
  const report = await makeReport(world, kind, periodAt(world, kind, start));
  const { name } = periodWords(report, world.policy);
  const people = await namesOf(world.db, peopleIn(report));
  const text =
    as === 'csv'
      ? reportCsv(report, world.policy)
      : periodMarkdown(report, world.policy, (person) => people.get(person) ?? person);
  return { what: `report-${report.period.key}`, title: `Change report, ${name}`, bytes: Buffer.from(text) };
}

/** All figures of the period and of those before it, one row each. A cell that begins like a formula is made a text. */
export function reportCsv({ before, period, metrics }: Report, policy: Policy): string {
  const points = [...before, { key: period.key, metrics }];
  const rows = points.flatMap((point) =>
    figureRows(point.metrics, policy).map(({ key, group, label, value, unit, words }) => [
      ...[point.key, key, group, label],
      ...[value === undefined ? '' : String(value), unit, words],
    ]),
  );
  const head = ['Period', 'Key', 'Group', 'Figure', 'Value', 'Unit', 'In words'];
  return stringify([head, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
