import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectFile } from '../../src/project-file.ts';

/** What is measured: Docket as it is started, Docket as it is clicked on, and the floor. */
export const BUNDLED = { main: 'main.js', clicked: 'clicked.js', floor: 'floor.js' } as const;

let folder: string | undefined;

/** Bundles all that is measured, once, as `npm start` does, the floor by itself. @returns the folder */
export async function bundled(): Promise<string> {
  if (folder) return folder;
  const outdir = projectFile('dist/bench');
  execFileSync(process.execPath, ['scripts/build.mjs', outdir, 'clicked=scripts/bench/docket.ts'], {
    cwd: projectFile('.'),
  });
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    entryPoints: [projectFile('scripts/bench/floor.ts')],
    outfile: join(outdir, BUNDLED.floor),
  });
  folder = outdir;
  return outdir;
}
