import type { Export } from '../../change/export.ts';
import { namesOf } from '../../db/people.ts';
import { figureRows } from '../../engine/figure-rows.ts';
import { periodMarkdown } from '../../engine/period-markdown.ts';
import { periodWords } from '../../engine/report-words.ts';
import { makeReport, peopleIn, periodAt, type Report } from '../../engine/reports.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { chartInWords } from '../blocks/charts.ts';
import { drawPicture } from '../blocks/picture.ts';
import type { Sending } from '../wire/send-file.ts';
import { csvOf } from './csv.ts';
import { chartsOf } from './period-charts.ts';

/** A report as a file: the guide's document, its figures as a table that programs read, or its charts as a picture. */
export async function reportFile(world: World, { kind, start, as }: Extract<Export, { of: 'report' }>) {
  const report = await makeReport(world, kind, periodAt(world, kind, start));
  const { name } = periodWords(report, world.policy);
  const what = `report-${report.period.key}`;
  return { what, title: `Change report, ${name}`, ...(await contents(world, report, as)) };
}

async function contents(
  world: World,
  report: Report,
  as: 'md' | 'csv' | 'png',
): Promise<Pick<Sending, 'bytes' | 'alt'>> {
  const { db, policy } = world;
  switch (as) {
    case 'csv':
      return { bytes: Buffer.from(reportCsv(report, policy)) };
    case 'md': {
      const people = await namesOf(db, peopleIn(report));
      return {
        bytes: Buffer.from(periodMarkdown(report, policy, (person) => people.get(person) ?? person)),
      };
    }
    case 'png': {
      const charts = chartsOf(report, policy);
      return { bytes: await drawPicture(charts), alt: charts.map(chartInWords).join(' ') };
    }
    default:
      return as satisfies never;
  }
}

/** All figures of the period and of those before it, one row each. */
function reportCsv({ before, period, metrics }: Report, policy: Policy): string {
  const points = [...before, { key: period.key, metrics }];
  const rows = points.flatMap((point) =>
    figureRows(point.metrics, policy).map(({ key, group, label, value, unit, words }) => [
      ...[point.key, key, group, label],
      ...[value === undefined ? '' : String(value), unit, words],
    ]),
  );
  const head = ['Period', 'Key', 'Group', 'Figure', 'Value', 'Unit', 'In words'];
  return csvOf([head, ...rows], true);
}
