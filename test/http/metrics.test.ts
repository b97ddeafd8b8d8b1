import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Change } from '../../src/change/types.ts';
import { freePort } from '../../src/free-port.ts';
import { projectFile } from '../../src/project-file.ts';
import type { Docket } from '../../src/start.ts';
import { JONAS, LUCIA, MAYA } from '../change/company.ts';
import { DAY, HOUR, MINUTE } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, type ready, WINDOW, windTo } from '../slack/carrying-out.ts';
import { openDocket, temporaryDatabase } from '../slack/open-docket.ts';
import { filed } from '../slack/steps.ts';

const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();
/** The value of one sample, as it is written. */
const sampled = (text: string, sample: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${sample} `))
    ?.slice(sample.length + 1);

/** Whether a program is installed here; a test that needs it is skipped with a word where it is not. */
function have(program: string): boolean {
  const found = spawnSync(program, ['--version']).status === 0;
  if (!found) console.log(`Skipped: ${program} is not installed (apt-get install prometheus).`);
  return found;
}

async function carriedOut(docket: Docket, change: Change, ...ends: step.Step[]): Promise<void> {
  await does(docket, change, step.starts(MAYA), ...ends);
}

/** Two changes that are ready to be started. */
async function twoReady(slack: Parameters<typeof ready>[0], docket: Docket): Promise<[Change, Change]> {
  const [one, other] = [
    await filed(docket, LUCIA, 'standard', { implementer: MAYA }),
    await filed(docket, LUCIA, 'standard', { implementer: MAYA }),
  ];
  const all = [step.approves(JONAS), step.recordsTests(MAYA), step.prepares(MAYA)];
  await does(docket, one, ...all);
  await does(docket, other, ...all);
  await windTo(slack, WINDOW);
  return [one, other];
}

it('exports all changes with every label from 0 on, counted from the database, also after a restart', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, docket, url } = await openDocket({ databaseUrl });
  const empty = await metricsOf(url);
  const exported = [...empty.matchAll(/^# TYPE ((?:change|docket)_\w+) /gm)].map(([, name]) => name);
  const page = readFileSync(projectFile('docs/metrics.md'), 'utf8');
  const told = [...page.matchAll(/`((?:change|docket)_\w+)`/g)].map(([, name]) => name);
  expect(new Set(exported), 'docs/metrics.md names each of them').toEqual(new Set(told));
  for (const name of [
    'change_total',
    'change_success_total',
    'change_rollback_total',
    'change_failure_total',
  ])
    for (const category of ['standard', 'normal', 'emergency'])
      expect(sampled(empty, `${name}{category="${category}"}`)).toBe('0');
  const [one, other] = await twoReady(slack, docket);
  await carriedOut(docket, one, step.finishes(MAYA));
  await windTo(slack, WINDOW + 2 * MINUTE);
  await does(docket, other, step.starts(MAYA));
  await windTo(slack, WINDOW + 2 * HOUR);
  await does(docket, other, step.rollsBack(MAYA));
  await windTo(slack, WINDOW + 2 * HOUR + MINUTE);
  await docket.delivery.idle();
  const text = await metricsOf(url);
  expect(sampled(text, 'change_total{category="standard"}')).toBe('2');
  expect(sampled(text, 'change_success_total{category="standard"}')).toBe('1');
  expect(sampled(text, 'change_rollback_total{category="standard"}')).toBe('1');
  const bucket = (le: string) =>
    sampled(text, `change_implementation_duration_seconds_bucket{category="standard",le="${le}"}`);
  expect([bucket('60'), bucket('3600'), bucket('7200'), bucket('+Inf')]).toEqual(['1', '1', '2', '2']);
  expect(sampled(text, 'change_submitted_total')).toBe('2');
  expect(sampled(text, 'docket_changes_open{status="implemented"}')).toBe('2');
  expect(sampled(text, 'change_deadlines_kept_total{of="decision"}')).toBe('2');
  expect(Number(sampled(text, 'docket_deliveries_total{end="done"}'))).toBeGreaterThan(5);
  expect(text).toContain('process_resident_memory_bytes');
  await docket.stop();
  const again = await openDocket({ databaseUrl, slack });
  // The process before had the lease; this one has it once that has run out.
  await windTo(slack, WINDOW + 3 * DAY);
  expect(sampled(await metricsOf(again.url), 'change_total{category="standard"}')).toBe('2');
}, 60_000);

it('exports the figures of all changes from one replica, so that two do not double them', async () => {
  const databaseUrl = temporaryDatabase();
  const one = await openDocket({ databaseUrl });
  const two = await openDocket({ databaseUrl, slack: one.slack });
  expect(await metricsOf(one.url)).toContain('change_total{');
  const other = await metricsOf(two.url);
  expect(other).not.toContain('change_total{');
  for (const end of ['done', 'later', 'unknown', 'held', 'never'])
    expect(other).toContain(`docket_deliveries_total{end="${end}"}`);
  await windTo(one.slack, WINDOW);
  expect(await metricsOf(two.url)).toContain('change_total{');
  expect(await metricsOf(one.url)).not.toContain('change_total{');
}, 60_000);

it.skipIf(!have('promtool'))('is as Prometheus’s own check wants it', async () => {
  const { url } = await openDocket();
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: await metricsOf(url),
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});

it.skipIf(!have('promtool'))(
  'has rules for alerts that Prometheus takes, on figures that there are',
  async () => {
    const rules = projectFile('docs/prometheus-alerts.yml');
    const { status, stdout } = spawnSync('promtool', ['check', 'rules', rules], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('3 rules found')]);
    const { url } = await openDocket();
    const given = await metricsOf(url);
    const asked = readFileSync(rules, 'utf8').match(/\b(?:docket|change)_\w+(?:\{end="never"\})?/g) ?? [];
    expect(asked).toHaveLength(2);
    for (const name of asked) expect(given).toContain(name);
  },
);

/** The expressions of the dashboard by the titles of their panels. */
function dashboard(): Map<string, string> {
  const { panels } = JSON.parse(readFileSync(projectFile('docs/grafana-dashboard.json'), 'utf8')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  return new Map(panels.map(({ title, targets }) => [title, targets[0]?.expr ?? '']));
}

const GUIDE_PANELS = {
  'Change Success Rate': 'rate(change_success_total[30d]) / rate(change_total[30d]) * 100',
  'Changes by Category': 'sum by (category) (change_total)',
  'Change Implementation Time':
    'histogram_quantile(0.95, rate(change_implementation_duration_seconds_bucket[30d]))',
  'Rollback Rate': 'rate(change_rollback_total[30d]) / rate(change_total[30d]) * 100',
};

it('has the guide’s four panels on its dashboard, word for word', () => {
  const panels = dashboard();
  for (const [title, expression] of Object.entries(GUIDE_PANELS)) expect(panels.get(title)).toBe(expression);
});

/** A real Prometheus that scrapes an address every second. Gives a function that asks it. */
async function startPrometheus(target: string) {
  const folder = mkdtempSync(join(tmpdir(), 'docket-prometheus-'));
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    `global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: docket\n    static_configs: [{ targets: ["${target}"] }]\n    metric_relabel_configs: [{ source_labels: [__name__], regex: "change_.*", target_label: instance, replacement: "" }]\n`,
  );
  const program = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  onTestFinished(async () => {
    const gone = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  return async (
    expression: string,
  ): Promise<{ metric: Record<string, string>; value: [number, string] }[]> => {
    const query = new URLSearchParams({ query: expression });
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?${query}`).catch(() => undefined);
    if (!answer?.ok) return [];
    const body = (await answer.json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    return body.data.result;
  };
}

it.skipIf(!have('prometheus'))(
  'gives the guide’s expressions their values in a real Prometheus that scrapes it',
  async () => {
    const { slack, docket, url } = await openDocket();
    const [one, other] = await twoReady(slack, docket);
    const ask = await startPrometheus(url.replace('http://', ''));
    const until = async (expression: string, wanted: (values: Map<string, string>) => boolean) => {
      for (let n = 0; n < 300; n++) {
        const found = await ask(expression);
        const values = new Map(found.map(({ metric, value }) => [metric.category ?? '', value[1]]));
        if (wanted(values)) return values;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return expect.fail(`${expression} never came to what was wanted`);
    };
    await until(GUIDE_PANELS['Changes by Category'], (values) => values.get('standard') === '0');
    await carriedOut(docket, one, step.finishes(MAYA));
    await does(docket, other, step.starts(MAYA), step.rollsBack(MAYA));
    await windTo(slack, WINDOW + HOUR);
    const two = await until(GUIDE_PANELS['Changes by Category'], (values) => values.get('standard') === '2');
    expect([...two.keys()].sort()).toEqual(['emergency', 'normal', 'standard']);
    const near = (wanted: number) => (values: Map<string, string>) =>
      Math.abs(Number(values.get('standard')) - wanted) < 0.001;
    await until(GUIDE_PANELS['Change Success Rate'], near(50));
    await until(GUIDE_PANELS['Rollback Rate'], near(50));
    await until(
      GUIDE_PANELS['Change Implementation Time'],
      (values) => Number(values.get('standard')) <= 60 && Number(values.get('standard')) > 0,
    );
    for (const [title, expression] of dashboard())
      expect([title, (await ask(expression)).length > 0]).toEqual([title, true]);
  },
  90_000,
);
