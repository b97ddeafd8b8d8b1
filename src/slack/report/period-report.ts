import type { KnownBlock } from '@slack/types';
import { figureRows } from '../../engine/figure-rows.ts';
import { percent } from '../../engine/observations.ts';
import { headWords } from '../../engine/period-markdown.ts';
import { periodWords } from '../../engine/report-words.ts';
import type { Report } from '../../engine/reports.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, type Drawn, divider, header, pairs, section, sections } from '../blocks/blocks.ts';
import { chartBlock, table } from '../blocks/charts.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count, escaped, mention, quote, span, when } from '../blocks/format.ts';
import { chartsOf, OUTCOMES } from './period-charts.ts';
import {
  actionLines,
  bullets,
  categoryLines,
  efficiency,
  feedbackLines,
  foundLines,
  lateLines,
  missed,
  notWell,
  rejected,
  systemLines,
  typeLines,
} from './period-lines.ts';

/** So many stay readable, and within what a message takes; the files have all. */
const MOST_ROWS = 30;

/** Slack may break a text above four thousand characters; what stands for marks may add some hundreds to this. */
const MOST_TEXT = 3_500;

/** The buttons under a report: the same figures as files, and the report before it. */
export const REPORT_ACTION = {
  markdown: 'report-markdown',
  csv: 'report-csv',
  picture: 'report-picture',
  earlier: 'report-earlier',
} as const;

/** A report of a week or a month as a message (guide, "Weekly Change Report", "Monthly Change Report"). */
export function drawPeriodReport(report: Report, policy: Policy): Drawn {
  const { name, days } = periodWords(report, policy);
  const lead = leadOf(report);
  const unfinished = report.at < report.period.end ? ' · not over yet' : '';
  const parts = report.kind === 'week' ? weekly(report, policy) : monthly(report, policy);
  const blocks = [
    header(`📊 ${report.kind === 'week' ? 'Weekly' : 'Monthly'} change report: ${name}`),
    context(`${report.kind === 'week' ? `${days} · ` : ''}${escaped(policy.company)}${unfinished}`),
    section(lead.markdown),
    ...parts,
    divider,
    table(`All figures of ${name}`, ['Figure', name, usualName(report)], figures(report, policy)),
    ...(report.head ? [context(headWords(report.head))] : []),
    ...buttons(fileButtons(report, name, chartsOf(report, policy).length > 0)),
  ];
  return { text: fullText(report, policy, lead.plain), blocks: fitMessage(blocks) };
}

function usualName({ kind, before }: Report): string {
  return kind === 'week' ? `${count(before.length, 'week')} before` : '4 months before';
}

/** The guide's first lines in one sentence, also for those who only hear it. */
function leadOf({ metrics, filed, kind, usual }: Report): { markdown: string; plain: string } {
  const { total, outcomes } = metrics;
  const asked =
    filed === 0 ? 'nothing was filed' : `${count(filed, 'request')} ${filed === 1 ? 'was' : 'were'} filed`;
  if (total === 0) {
    const words = `No changes were carried out this ${kind}, and ${asked}.`;
    return { markdown: words, plain: words };
  }
  const share = (n: number) => percent({ rate: n / total });
  const move = Math.round(((metrics.success.rate ?? 0) - (usual.success.rate ?? 0)) * 100);
  const than =
    usual.total === 0 || move === 0 ? '' : `, ${move > 0 ? '▲' : '▼'} ${count(Math.abs(move), 'point')}`;
  const list = (strong: string, moved: string) =>
    OUTCOMES.map(([outcome, title]) => {
      const n = outcomes[outcome];
      return `${title}: ${strong}${n}${strong} (${share(n)}${outcome === 'success' ? moved : ''})`;
    }).join(' · ');
  return {
    markdown: `*Total changes: ${total}*\n${list('*', than)}\n${count(filed, 'request')} filed.`,
    plain: `Total changes: ${total}. ${list('', '')}. ${count(filed, 'request')} filed.`,
  };
}

function weekly(report: Report, policy: Policy): KnownBlock[] {
  return [
    ...chartsOf(report, policy).map(chartBlock),
    pairs([
      ['Change categories', categoryLines(report, policy)],
      ['Top change types', typeLines(report)],
    ]),
    ...part('Issues and trends', [
      ...bullets(report, 'issue'),
      ...report.notWell.map(notWell),
      ...report.rejected.map(rejected),
      ...(report.missed?.named ?? []).map(missed),
      ...bullets(report, 'trend'),
      ...lateLines(report),
      ...foundLines(report),
    ]),
    ...part('Process improvement', bullets(report, 'improvement')),
    ...part('Risk', bullets(report, 'risk')),
    ...upcoming(report),
  ];
}

function monthly(report: Report, policy: Policy): KnownBlock[] {
  return [
    ...chartsOf(report, policy).map(chartBlock),
    pairs([
      ['Change categories', categoryLines(report, policy)],
      ['Top change types', typeLines(report)],
    ]),
    ...part('Success trend', [...bullets(report, 'trend'), ...bullets(report, 'issue')]),
    ...part('Did not go well', [
      ...report.notWell.map(notWell),
      ...(report.missed?.named ?? []).map(missed),
      ...foundLines(report),
    ]),
    ...part('Process efficiency', efficiency(report)),
    ...part('Risk', [...bullets(report, 'risk'), ...systemLines(report, policy)]),
    ...part('Stakeholders’ feedback', feedbackLines(report)),
    ...part('Process improvement', [...bullets(report, 'improvement'), ...actionLines(report)]),
    ...upcoming(report),
  ];
}

/** A heading and its lines; without any line there is nothing to head. */
function part(title: string, lines: readonly string[]): KnownBlock[] {
  return lines.length > 0 ? sections([`*${title}*`, ...lines]) : [];
}

function upcoming({ ahead }: Report): KnownBlock[] {
  if (!ahead) return [];
  const lines = ahead.changes.map(({ number, title, risk, category, startsAt, implementer }) => {
    const urgent = risk === 'high' || category === 'emergency' ? '❗ ' : '';
    return `• ${urgent}${number} ${quote(title, 80)}: ${when(startsAt)}, ${risk} risk, ${mention(implementer)}`;
  });
  const more = ahead.all - lines.length;
  return part('Upcoming changes', [
    ...(lines.length > 0 ? lines : ['• Nothing is planned for the seven days after.']),
    ...(more > 0 ? [`• and ${more} more: \`/change calendar\``] : []),
    ...ahead.people.map(
      ({ person, together }) =>
        `⚠️ Overbooked: ${mention(person)} has at the same time ${together.map((numbers) => numbers.join(' and ')).join('; ')}.`,
    ),
    ...ahead.hours.map(
      ({ start, end, numbers }) =>
        `⚠️ ${span(start, end)}: ${numbers.length} changes at once (${numbers.slice(0, 6).join(', ')}).`,
    ),
  ]);
}

function figures({ metrics, usual }: Report, policy: Policy): string[][] {
  const before = new Map(figureRows(usual, policy).map(({ key, words }) => [key, words]));
  return figureRows(metrics, policy)
    .slice(0, MOST_ROWS)
    .map(({ key, label, words }) => [label, words, before.get(key) ?? '–']);
}

function fileButtons({ kind, period }: Report, name: string, hasCharts: boolean) {
  const value = `${kind}|${period.start}`;
  const spec = (label: string, action: string) => ({ label, action, value, spoken: `${label}: ${name}` });
  return [
    spec('Markdown', REPORT_ACTION.markdown),
    spec('CSV', REPORT_ACTION.csv),
    ...(hasCharts ? [spec('Picture', REPORT_ACTION.picture)] : []),
    spec(kind === 'week' ? 'The week before' : 'The month before', REPORT_ACTION.earlier),
  ];
}

/** All that is in the blocks, for those who hear it: charts and tables say nothing to them by themselves. */
function fullText(report: Report, policy: Policy, lead: string): string {
  const { name } = periodWords(report, policy);
  const rows = figures(report, policy).map(([label, now]) => `${label}: ${now}`);
  const said = report.observations.map(({ words }) => words);
  return quote([`Change report, ${name}. ${lead}`, ...said, ...rows].join('\n'), MOST_TEXT);
}
