import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { projectFile } from '../../src/project-file.ts';
import type { ColdStarts } from './cold-start.ts';
import type { Taken } from './load.ts';
import type { Road } from './target.ts';

/** One click, in one way, measured in turns. */
export interface Row {
  road: Road;
  kind: string;
  connections: number;
  closed: number;
  delivery: 'on' | 'off';
  floor: Taken[];
  docket: Taken[];
}

interface Conditions {
  open: number;
  rounds: number;
  write: boolean;
}

/** Prints what was found and, where it was measured in full, writes it to docs/performance.md. */
export function report(rows: readonly Row[], starts: ColdStarts | undefined, conditions: Conditions): void {
  const text = page(rows, starts, conditions);
  process.stdout.write(`${text}\n`);
  if (conditions.write) writeFileSync(projectFile('docs/performance.md'), text);
}

function page(rows: readonly Row[], starts: ColdStarts | undefined, { open, rounds }: Conditions): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const title = `${row.road}, ${row.closed.toLocaleString('en')} changes${row.delivery === 'on' ? ', while the outbox drains' : ''}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return `${[
    '# Performance',
    '',
    `Written by \`${['npm run bench', ...process.argv.slice(2)].join(' -- ')}\`; do not edit.`,
    '',
    `A click is counted when it is acknowledged, and it is acknowledged when its effect is on disk (SQLite, WAL,`,
    `\`synchronous=FULL\`). *Command* withdraws a change, *button* is the Approve of one of three who are asked,`,
    `*submission* is a form with a question. Bolt is a bare Bolt app, as its documentation writes one, that only`,
    `acknowledges the very same requests. Both take turns of a few hundred clicks on this machine (${cpus().length} cores,`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}), ${rounds} turns each; what sends the clicks runs beside them. Trust the ratios: the`,
    'median of the turns, each against its neighbour. Times are in milliseconds.',
    '',
    '*Computing* is what the event loop spent on one click, Docket to Bolt, in microseconds of processor time. It hardly',
    `alters with what else the machine does; rates and times do. When this was written ${loadavg()[1]?.toFixed(1)} processes were waiting for`,
    'its processors, on average: on an idle machine that is about 1.',
    '',
    `Beside the changes named, ${open.toLocaleString('en')} open ones are there to be clicked on. Where the outbox does not drain, what a`,
    'click sets off in Slack is saved and not carried out; where it does, Slack answers at once, and cards are redrawn on',
    'the same event loop.',
    '',
    ...[...groups].flatMap(([title, group]) => [`## ${title}`, '', ...table(group), '']),
    ...(starts ? startLines(starts) : []),
  ].join('\n')}`;
}

function table(rows: readonly Row[]): string[] {
  const head = [
    'click',
    'at once',
    'Bolt/s',
    'Docket/s',
    'ratio',
    'computing',
    'p50',
    'p99',
    'longest',
    'Bolt p99',
  ];
  const lines = rows.map(({ kind, connections, floor, docket }) => {
    const each = docket.flatMap((turn) => turn.each);
    const cells = [
      kind,
      connections,
      perSecond(floor),
      perSecond(docket),
      ratio(floor, docket).toFixed(2),
      `${computing(docket)} : ${computing(floor)} µs`,
    ];
    const times = [
      at(each, 0.5),
      at(each, 0.99),
      Math.max(...each),
      at(
        floor.flatMap((turn) => turn.each),
        0.99,
      ),
    ];
    return [...cells, ...times.map((ms) => ms.toFixed(1))];
  });
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...lines].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
}

function startLines({ docket, floor }: ColdStarts): string[] {
  const line = (name: string, { ms, mb }: ColdStarts['floor']) => [name, ms.toFixed(0), mb.toFixed(0)];
  const rows = [
    ['', 'start to connected, ms', 'resident, MB'],
    ['---', '---:', '---:'],
    line('Bolt', floor),
    line('Docket', docket),
  ];
  return [
    '## Cold start',
    '',
    'Of one bundled file each, over Socket Mode, with an empty database; medians.',
    '',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `Docket takes ${(docket.ms / floor.ms).toFixed(2)} times as long.`,
    '',
  ];
}

function rates(turns: readonly Taken[]): number[] {
  return turns.map(({ each, all }) => (each.length / all) * 1000);
}

/** Microseconds of computing for one click. */
function computing(turns: readonly Taken[]): number {
  return Math.round(median(turns.map(({ each, computed }) => (computed / each.length) * 1000)));
}

function perSecond(turns: readonly Taken[]): number {
  return Math.round(median(rates(turns)));
}

function ratio(floor: readonly Taken[], docket: readonly Taken[]): number {
  const bare = rates(floor);
  return median(rates(docket).map((rate, i) => rate / (bare[i] ?? rate)));
}

export function median(all: readonly number[]): number {
  return at(all, 0.5);
}

function at(all: readonly number[], part: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
