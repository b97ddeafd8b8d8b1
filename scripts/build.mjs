// Bundles Docket into dist, or the folder that is named, as main.js, what an operator does as operator.js, and what more
// is named as name=path: a start from one file takes half the time and memory of one from hundreds.
import { build } from 'esbuild';

const [outdir = 'dist', ...more] = process.argv.slice(2);

await build({
  entryPoints: {
    main: 'src/main.ts',
    operator: 'src/operator.ts',
    ...Object.fromEntries(more.map((each) => each.split('='))),
  },
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  // Native code, code that is loaded only for local Slack, and what pg asks for and does not need.
  external: ['better-sqlite3', '@napi-rs/canvas', 'esbuild', 'pg-native'],
  // Some dependencies are CommonJS and call require.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
