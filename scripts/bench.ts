/**
 * Measures Docket: `npm run bench` all of it, `npm run bench -- clicks start` only these parts, which are written into
 * docs/performance.md beside what was measured before. `--quick` for fewer turns, of which nothing is written;
 * `--http`, `--socket`, `--alone` (the outbox does not drain), `--draining` for a part of the clicks only; `--profile`
 * for a profile of Docket in the folder it names.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendars } from './bench/calendar.ts';
import { clicks, million } from './bench/clicks.ts';
import { coldStart } from './bench/cold-start.ts';
import { SECTIONS, type Section, type SectionName } from './bench/page.ts';
import { publish } from './bench/publish.ts';
import { reports } from './bench/reports.ts';
import type { Delivery, Way } from './bench/target.ts';

const FLAGS = ['--quick', '--profile', '--http', '--socket', '--alone', '--draining'];
const unknown = process.argv.slice(2).find((word) => word.startsWith('--') && !FLAGS.includes(word));
if (unknown) throw new Error(`There is no ${unknown}; there are ${FLAGS.join(', ')}.`);
const has = (flag: string) => process.argv.includes(flag);
const asked = { quick: has('--quick'), profile: has('--profile') };
const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
if (asked.profile) process.stderr.write(`The profile goes to ${folder}\n`);
else process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const ways: Way[] = has('--http')
  ? ['signed HTTP']
  : has('--socket')
    ? ['Socket Mode']
    : ['signed HTTP', 'Socket Mode'];
const deliveries: Delivery[] = has('--alone') ? ['off'] : has('--draining') ? ['on'] : ['off', 'on'];
const onClicks = { ...asked, folder, ways, deliveries };

const PARTS: Record<SectionName, () => Promise<Section>> = {
  clicks: () => clicks(onClicks),
  million: () => million(onClicks),
  reports: () => reports(asked.quick ? 100_000 : 1_000_000),
  calendar: () => calendars(asked.quick ? 20 : 200),
  start: () => coldStart(folder, asked.quick ? 3 : 9),
};

const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
for (const word of named)
  if (!SECTIONS.some((name) => name === word))
    throw new Error(`There is no part ${word}; there are ${SECTIONS.join(', ')}.`);
for (const name of SECTIONS)
  if (named.length === 0 || named.includes(name)) publish(await PARTS[name](), asked);
process.exit(0);
