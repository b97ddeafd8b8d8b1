import { projectFile } from '../project-file.ts';

/** What a browser loads after the HTML. */
export interface PageBundle {
  script: string;
  style: string;
}

/** Bundles the page in memory. It takes some 200 ms, so it is done when somebody first looks. */
export async function bundlePage(): Promise<PageBundle> {
  // Loaded only here: a bot with a real Slack never needs it.
  const { build } = await import('esbuild');
  const page = projectFile('src/local-slack/page');
  const { outputFiles } = await build({
    entryPoints: [`${page}/main.tsx`, `${page}/page.css`],
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
