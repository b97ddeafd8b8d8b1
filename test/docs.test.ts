import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { projectFile } from '../src/project-file.ts';

const ROOT = projectFile('.');
const DOCS = ['README.md', ...readdirSync(join(ROOT, 'docs')).flatMap((name) => markdown(`docs/${name}`))];

function markdown(path: string): string[] {
  return path.endsWith('.md') ? [path] : [];
}

/** `a/{b,c}.ts` is two paths, as in a shell. */
function spread(path: string): string[] {
  const [, before = '', middle, after = ''] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return middle === undefined ? [path] : middle.split(',').flatMap((each) => spread(before + each + after));
}

/**
 * The files that a page names: where its links lead, and what stands in code and is a path from the project's root.
 * A bare name after a path is a file beside it; a `*` stands for anything.
 */
function named(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) =>
    join(dirname(page), to),
  );
  let beside = '.';
  const code = [...text.matchAll(/`([^`\s]+)`/g)].flatMap(([, path = '']) => {
    const isFile = /\.(ts|tsx|yml|md|json|mjs)$/.test(path);
    if (/^(src|test|docs|scripts|drizzle)\//.test(path)) {
      beside = isFile ? dirname(spread(path)[0] ?? path) : path;
      return spread(path);
    }
    return isFile && page === 'docs/guide-map.md' && path !== 'guide.yml'
      ? spread(path).map((each) => join(beside, each))
      : [];
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

test('a page is read as it is written', () => {
  const text = 'See [this](../src/a.ts#b) in `src/{b,c}/d.ts`, `e.ts` and <https://f>.';
  expect(named('docs/guide-map.md', text)).toEqual(['src/a.ts', 'src/b/d.ts', 'src/c/d.ts', 'src/b/e.ts']);
});
