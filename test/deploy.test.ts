import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectFile } from '../src/project-file.ts';

const read = (file: string) => readFileSync(projectFile(file), 'utf8');
const SECRETS = /xox[bp]-\w|xapp-\w|SIGNING_SECRET=\S|TOKEN=\S|postgres:\/\/(?!docket:PASSWORD@)/;

it('has an image that runs as nobody special, holds no secret and copies what there is', () => {
  const lines = read('Dockerfile').split('\n');
  const [, final = ''] = read('Dockerfile').split(/^FROM [^\n]*slim\n/m);
  expect(lines.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
  expect(final).toMatch(/^USER node$/m);
  expect(final.indexOf('USER node')).toBeLessThan(final.indexOf('CMD ['));
  expect(final).toMatch(/HEALTHCHECK[\s\S]*\/healthz/);
  expect(final).toMatch(/^VOLUME \/app\/data$/m);
  expect(final).not.toContain('apt-get');
  expect(read('Dockerfile')).not.toMatch(SECRETS);
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1));
  expect(copied.length).toBeGreaterThan(4);
  for (const source of copied) expect(existsSync(projectFile(source)), source).toBe(true);
});

it('copies into the image every file of the project that Docket reads as it runs', () => {
  const code = readdirSync(projectFile('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('local-slack'))
    .map((path) => read(`src/${path}`))
    .join('\n');
  const needed = [...code.matchAll(/projectFile\('([^']+)'\)/g)].map(([, path = '']) => path);
  const copies = read('Dockerfile').split(/^FROM [^\n]*slim\n/m)[1] ?? '';
  expect(needed).toEqual(expect.arrayContaining(['src/policy/guide.yml', 'drizzle/sqlite', 'manifest.yml']));
  for (const path of needed) {
    const whole = path.split('/').map((_, n, parts) => parts.slice(0, n + 1).join('/'));
    expect(
      whole.some((part) => new RegExp(`COPY .*\\b${part}/?\\s`).test(copies)),
      path,
    ).toBe(true);
  }
});

it('has a systemd unit that may do little, and takes its secrets from a file of their own', () => {
  const unit = read('deploy/docket.service');
  for (const line of ['User=docket', 'EnvironmentFile=/etc/docket/docket.env', 'NoNewPrivileges=true'])
    expect(unit.split('\n')).toContain(line);
  for (const line of ['ProtectSystem=strict', 'CapabilityBoundingSet=', 'StateDirectory=docket'])
    expect(unit.split('\n')).toContain(line);
  expect(unit + read('deploy/docket.env.example')).not.toMatch(SECRETS);
});

it('tells operators what each line of the log means', () => {
  const page = read('docs/operations.md').replace(/\s+/g, ' ');
  const said = readdirSync(projectFile('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('local-slack'))
    .flatMap((path) => messagesIn(read(`src/${path}`)));
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter((words) => !page.includes(words))).toEqual([]);
});

/** The fixed words with which each warning and error begins; what varies is left out. */
function messagesIn(code: string): string[] {
  const calls = [...code.matchAll(/\blog\??\.(?:warn|error)\(/g)].map(({ index, 0: call }) =>
    code.slice(index + call.length, index + call.length + 400),
  );
  return calls.flatMap((rest) => {
    const fields = /^\s*\{[\s\S]*?\},?\s*(?=['"`])/.exec(rest)?.[0] ?? '';
    const words = /^\s*(?:'([^']+)'|`([^`$]+))/.exec(rest.slice(fields.length));
    return words ? [(words[1] ?? words[2] ?? '').split(/[;:]/)[0]?.trim() ?? ''] : [];
  });
}
