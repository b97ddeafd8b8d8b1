import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Which rooms a room may look into. Imports run one way: main → slack | http → engine → db → workspace, catalogue, freeze, posts, board → change → calendar → policy. */
const DOORS: Record<string, string[]> = {
  policy: ['leaf'],
  calendar: ['policy', 'leaf'],
  change: ['calendar', 'policy', 'leaf'],
  catalogue: ['change', 'calendar', 'policy', 'leaf'],
  board: ['change', 'calendar', 'policy', 'leaf'],
  workspace: ['change', 'calendar', 'policy', 'leaf'],
  freeze: ['change', 'calendar', 'policy', 'leaf'],
  posts: ['change', 'calendar', 'policy', 'leaf'],
  db: ['catalogue', 'freeze', 'posts', 'workspace', 'board', 'change', 'calendar', 'policy', 'leaf'],
  engine: [
    'db',
    'catalogue',
    'freeze',
    'posts',
    'workspace',
    'board',
    'change',
    'calendar',
    'policy',
    'leaf',
  ],
  slack: [
    'engine',
    'db',
    'catalogue',
    'freeze',
    'posts',
    'workspace',
    'board',
    'change',
    'calendar',
    'policy',
    'leaf',
  ],
  http: [
    'engine',
    'db',
    'catalogue',
    'freeze',
    'posts',
    'workspace',
    'board',
    'change',
    'calendar',
    'policy',
    'leaf',
  ],
  'local-slack': ['leaf'],
  /** Files beside the rooms that anybody may use, such as the clock. */
  leaf: [],
  /** The files beside the rooms, which start and join them. */
  wiring: [
    'policy',
    'calendar',
    'change',
    'catalogue',
    'freeze',
    'workspace',
    'board',
    'posts',
    'db',
    'engine',
    'slack',
    'http',
    'local-slack',
    'leaf',
  ],
};

/** The files that are processes: they know the environment and the machine's clock. */
const PROCESSES = ['main.ts', 'operator.ts'];

/** What they alone know. */
const ONLY_MAIN = /^(config\.ts$|local-slack\/)/;

/** Packages that belong to one room. */
const OWNED: [RegExp, string][] = [
  [/^@slack\//, 'slack'],
  [/^(drizzle-orm|better-sqlite3|pg)(\/|$)/, 'db'],
];

interface Import {
  from: string;
  typesOnly: boolean;
}
interface SourceFile {
  path: string;
  room: string;
  text: string;
  code: string;
  imports: Import[];
}

const SRC = resolve(import.meta.dirname, '../src');
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map(read);

function read(path: string): SourceFile {
  const text = readFileSync(join(SRC, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  return { path, text, code, room: roomOf(path), imports: importsOf(code) };
}

function importsOf(code: string): Import[] {
  const lines = code.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'";]*?(?:from\s*)?'([^']+)'/gm);
  const dynamic = code.matchAll(/\bimport\(\s*'([^']+)'/g);
  return [
    ...[...lines].map(([, type, from = '']) => ({ from, typesOnly: type !== undefined })),
    ...[...dynamic].map(([, from = '']) => ({ from, typesOnly: false })),
  ];
}

function roomOf(path: string): string {
  if (['clock.ts', 'project-file.ts', 'check.ts', 'entries.ts'].includes(path)) return 'leaf';
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : 'wiring';
}

/** Our own files that a file imports. */
function targets({ path, imports }: SourceFile): string[] {
  const own = imports.filter(({ from }) => from.startsWith('.'));
  return own.map(({ from }) => relative(SRC, resolve(SRC, dirname(path), from)));
}

/** One line for each breach: where, and why it is one. */
function breaches(check: (file: SourceFile) => string[]): string[] {
  return FILES.flatMap((file) => check(file).map((why) => `src/${file.path}: ${why}`));
}

test('every file has a room', () => {
  expect(breaches(({ room }) => (DOORS[room] ? [] : [`${room} is no room of this house`]))).toEqual([]);
});

test('rooms look into each other one way only', () => {
  const wrong = breaches((file) => {
    const doors = DOORS[file.room] ?? [];
    return targets(file)
      .map(roomOf)
      .filter((room) => room !== file.room && !doors.includes(room))
      .map((room) => `${file.room} may not import ${room}, only ${doors.join(', ') || 'nothing'}`);
  });
  expect(wrong).toEqual([]);
});

test('only a process knows the environment and the local Slack', () => {
  const wrong = breaches((file) =>
    targets(file)
      .filter(
        (target) => ONLY_MAIN.test(target) && !PROCESSES.includes(file.path) && file.room !== 'local-slack',
      )
      .map((target) => `only a process may import ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('Slack is for slack/, databases are for db/', () => {
  const wrong = breaches((file) =>
    file.imports.flatMap(({ from, typesOnly }) => {
      const owner = OWNED.find(([pattern]) => pattern.test(from))?.[1];
      const lent = file.room === 'local-slack' && from === '@slack/types' && typesOnly;
      return owner && owner !== file.room && !lent ? [`only ${owner}/ may import ${from}`] : [];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the rules and the policy do nothing but think', () => {
  const wrong = breaches(({ room, imports }) =>
    imports
      .filter(() => ['change', 'catalogue', 'freeze', 'posts', 'workspace', 'policy'].includes(room))
      .filter(({ from }) => from.startsWith('node:') && !(room === 'change' && from === 'node:crypto'))
      .map(({ from }) => `${room} is pure and may not import ${from}`),
  );
  expect(wrong).toEqual([]);
});

test('only a process looks at the machine’s clock', () => {
  const wrong = breaches(({ path, code }) =>
    (PROCESSES.includes(path) ? [] : (code.match(/\bDate\.now\(|\bnew Date\(\)/g) ?? [])).map(
      (call) => `${call}… take the Clock instead`,
    ),
  );
  expect(wrong).toEqual([]);
});

test('no file is above 300 lines', () => {
  const wrong = breaches(({ text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > 300 ? [`${lines} lines; 300 is the most`] : [];
  });
  expect(wrong).toEqual([]);
});

test('exports have names', () => {
  expect(breaches(({ code }) => (/^export default\b/m.test(code) ? ['export it by name'] : []))).toEqual([]);
});

test('imports are seen in all their forms', () => {
  const code = `import 'a';\nimport type { B } from 'b';\nimport {\n  c,\n} from 'c';\nexport * from 'd';\nawait import('e');`;
  expect(importsOf(code).map(({ from, typesOnly }) => `${from}${typesOnly ? ' (types)' : ''}`)).toEqual([
    ...['a', 'b (types)', 'c', 'd', 'e'],
  ]);
});
