import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A file or folder of the project, by its path from the root. The root is the nearest folder upwards with a
 * package.json, because the code runs from `src` as well as bundled from `dist`.
 */
export function projectFile(path: string): string {
  return join(rootAbove(dirname(fileURLToPath(import.meta.url))), path);
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('Docket must run from its own folder: no package.json was found above it.');
  return rootAbove(parent);
}
