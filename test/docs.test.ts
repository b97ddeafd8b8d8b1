import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { FIELD_IDS } from '../src/policy/fields.ts';
import { CATEGORIES, policySchema } from '../src/policy/schema.ts';
import { projectFile } from '../src/project-file.ts';

const ROOT = projectFile('.');
/** Pages for those who use and run Docket, and one for each room of the code. */
const DOCS = ['README.md', ...pagesIn('docs'), ...pagesIn('src')];

function pagesIn(folder: string): string[] {
  const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith('.md')).map((path) => join(folder, path));
}

/** `a/{b,c}.ts` is two paths, as in a shell. */
function spread(path: string): string[] {
  const [, before = '', middle, after = ''] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return middle === undefined ? [path] : middle.split(',').flatMap((each) => spread(before + each + after));
}

/**
 * The files that a page names: where its links lead, and what stands in code and is a path from the project's root or,
 * in a room, from there. A bare name after a path may be a file beside it; a `*` stands for anything, and `<what>` for
 * what somebody is to choose.
 */
function named(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) =>
    join(dirname(page), to),
  );
  const room = page.startsWith('src/') ? dirname(page) : undefined;
  let beside = '.';
  const code = [...text.matchAll(/`([^`\s<]+)`/g)].flatMap(([, path = '']) => {
    const isFile = /\.(ts|tsx|css|yml|md|json|mjs)$/.test(path);
    const fromRoot = /^(src|test|docs|scripts|drizzle)\//.test(path);
    const inRoom = room !== undefined && (isFile || /\w\/$/.test(path));
    const onMap = page === 'docs/guide-map.md' && isFile && path !== 'guide.yml';
    if (!fromRoot && !inRoom && !onMap) return [];
    const places = fromRoot ? ['.'] : [room, beside].filter((place) => place !== undefined);
    const full = spread(path).map((each) => {
      const found = places.map((place) => join(place, each));
      return found.find(isThere) ?? found[0] ?? each;
    });
    if (fromRoot || (room && path.includes('/')))
      beside = isFile ? dirname(full[0] ?? path) : (full[0] ?? path);
    return full;
  });
  return [...links, ...code];
}

function isThere(path: string): boolean {
  const full = resolve(ROOT, path);
  if (!path.includes('*')) return existsSync(full);
  const pattern = new RegExp(`^${path.split('/').at(-1)?.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return existsSync(dirname(full)) && readdirSync(dirname(full)).some((name) => pattern.test(name));
}

test.each(DOCS)('every file that %s names is there', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  expect(named(page, text).filter((path) => !isThere(path))).toEqual([]);
});

test('the map of the guide says of every part where it lives and which test shows it', () => {
  const map = readFileSync(join(ROOT, 'docs/guide-map.md'), 'utf8');
  const rows = map.split('\n').filter((line) => /^\| (?!guide )/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  const lacking = rows.filter((row) => !/\| [^|]*`[^|]*\| [^|]*`(test\/|npm )[^|]*\|$/.test(row));
  expect(lacking.filter((row) => !/\*next\*|does not run anything/.test(row))).toEqual([]);
});

/** Every word that may stand in a policy, however deep. */
function wordsIn(schema: object): string[] {
  return Object.entries(schema).flatMap(([key, inner]) => [
    ...(key === 'properties' ? Object.keys(inner) : []),
    ...(typeof inner === 'object' && inner !== null ? wordsIn(inner) : []),
  ]);
}

test('docs/policy.md has the meaning of every word of a policy', () => {
  const words = wordsIn(z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' }));
  const page = readFileSync(join(ROOT, 'docs/policy.md'), 'utf8');
  const code = [...page.matchAll(/`([^`]*)`/g)].flatMap(([, said = '']) => said.match(/\w+/g) ?? []);
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  // The fields of the template have their meaning beside them, in src/policy/fields.ts.
  const told = new Set([...code, ...FIELD_IDS, ...CATEGORIES, ...days]);
  expect(words.length).toBeGreaterThan(150);
  expect(words.filter((word) => !told.has(word))).toEqual([]);
});

test('a page is read as it is written', () => {
  const text = 'See [this](../src/a.ts#b) in `src/{b,c}/d.ts`, `e.ts` and <https://f>.';
  expect(named('docs/guide-map.md', text)).toEqual(['src/a.ts', 'src/b/d.ts', 'src/c/d.ts', 'src/b/e.ts']);
  const room =
    'See `decide/`, `edit.ts`, `types.ts`, `../db/people.ts`, `roles.ts`, `gone.ts` and `decide/<what>.ts`.';
  expect(named('src/change/README.md', room)).toEqual([
    ...['src/change/decide/', 'src/change/decide/edit.ts', 'src/change/types.ts'],
    ...['src/db/people.ts', 'src/db/roles.ts', 'src/change/gone.ts'],
  ]);
});
