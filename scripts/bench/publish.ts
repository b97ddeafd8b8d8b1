import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import Database from 'better-sqlite3';
import { projectFile } from '../../src/project-file.ts';
import { type Section, withSection } from './page.ts';

/** How a part of the bench was asked for. */
export interface Asked {
  /** Fewer and shorter turns, to look at while one works: nothing of it is written down. */
  quick: boolean;
  /** A profile of Docket is written; the figures are worth nothing then. */
  profile: boolean;
}

/** Prints what was found and, where it was measured in full, writes it into docs/performance.md. */
export function publish(section: Section, { quick, profile }: Asked): void {
  process.stdout.write(`\n## ${section.title}\n\n${section.lines.join('\n')}\n`);
  if (quick || profile) return;
  const file = projectFile('docs/performance.md');
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, withSection(page, section, measured(section.name)));
}

/** When, where and by what. */
function measured(name: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date());
  const [processor] = cpus();
  const machine = `${cpus().length} cores (${processor?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB`;
  const waiting = loadavg()[1]?.toFixed(1);
  return `${day}, by \`npm run bench -- ${name}\`: ${machine}, Linux load ${waiting}; ${versions()}.`;
}

function versions(): string {
  const sqlite = new Database(':memory:');
  const { v } = sqlite.prepare<[], { v: string }>('select sqlite_version() v').get() ?? { v: '' };
  sqlite.close();
  const { version: bolt } = createRequire(import.meta.url)('@slack/bolt/package.json') as { version: string };
  return `Node ${process.versions.node}, SQLite ${v}, Bolt ${bolt}`;
}
