import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the committed migrations of a dialect. It is found from the project's root, the nearest folder
 * upwards with a package.json, because this module runs from src/db as well as bundled from dist.
 */
export function migrationsFolder(dialect: 'sqlite' | 'pg'): string {
  return join(projectRoot(dirname(fileURLToPath(import.meta.url))), 'drizzle', dialect);
}

function projectRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('Docket must run from its own folder: no package.json was found.');
  return projectRoot(parent);
}
