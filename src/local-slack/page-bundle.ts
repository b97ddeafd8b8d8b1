import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project: the nearest folder above this file, or above its bundle, with a package.json. */
export function projectRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('There is no package.json above local Slack.');
  return projectRoot(above);
}

/** What a browser loads after the HTML. */
export interface PageBundle {
  script: string;
  style: string;
}

/** Bundles the page in memory. It takes some 200 ms, so it is done when somebody first looks. */
export async function bundlePage(root: string): Promise<PageBundle> {
  // Loaded only here: a bot with a real Slack never needs it.
  const { build } = await import('esbuild');
  const page = join(root, 'src/local-slack/page');
  const { outputFiles } = await build({
    entryPoints: [join(page, 'main.tsx'), join(page, 'page.css')],
    outdir: page,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const named = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  return { script: named('main.js'), style: named('page.css') };
}
