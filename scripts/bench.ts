/**
 * Measures a click on Docket against one on a bare Bolt: `npm run bench`, `npm run bench -- --million`;
 * `--quick` for fewer turns, `--http` for one road, `--profile` for a profile of Docket in the folder it names.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldStarts } from './bench/cold-start.ts';
import { startFakeSlack } from './bench/fake-slack.ts';
import { drive, type Taken } from './bench/load.ts';
import { type Row, report } from './bench/report.ts';
import { type Click, clicksOn, EVENT, KINDS, type Kind } from './bench/requests.ts';
import { seeded } from './bench/seed.ts';
import { type Road, startTarget, type Target } from './bench/target.ts';

const has = (flag: string) => process.argv.includes(flag);
const QUICK = has('--quick');
const ROUNDS = QUICK ? 2 : 5;
const CONNECTIONS = [1, 16, 64];
const CLICKS = QUICK ? { 1: 200, 16: 600, 64: 600 } : { 1: 400, 16: 1200, 64: 1200 };
/** Until then much of the code runs uncompiled. */
const WARM_UP = QUICK ? 2000 : 3000;
const clicksAt = (connections: number) => CLICKS[connections as 1 | 16 | 64];
/** Every click needs a change that is still open. */
const OPEN = WARM_UP + ROUNDS * CONNECTIONS.reduce((sum, n) => sum + clicksAt(n), 0);

const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'));
const slack = await startFakeSlack();
if (has('--profile')) process.stderr.write(`The profile goes to ${folder}\n`);
else process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const rows: Row[] = [];
const sizes = has('--million') ? [1000, 1_000_000] : [1000];
for (const closed of sizes) {
  const file = await seeded({ open: OPEN, closed });
  const clicks = await clicksOn(file);
  for (const road of roads())
    for (const delivery of deliveries(closed))
      rows.push(...(await measured(road, delivery, closed, file, clicks)));
}
const starts = has('--profile') ? undefined : await coldStarts(slack, folder, QUICK ? 3 : 7);
await slack.close();
report(rows, starts, { open: OPEN, rounds: ROUNDS, write: !has('--profile') });
process.exit(0);

function roads(): Road[] {
  return has('--http') || has('--profile') ? ['signed HTTP'] : ['signed HTTP', 'Socket Mode'];
}

function deliveries(closed: number): ('off' | 'on')[] {
  if (has('--profile')) return has('--draining') ? ['on'] : ['off'];
  return closed > 1000 ? ['off'] : ['off', 'on'];
}

/** Docket and the floor side by side, in short turns, so that what else the machine does meets both. */
async function measured(
  road: Road,
  delivery: 'off' | 'on',
  closed: number,
  file: string,
  clicks: Record<Kind, (n: number) => Click>,
): Promise<Row[]> {
  const shared = { slack, road, folder };
  const floor = await startTarget(shared);
  const docket = await startTarget({ ...shared, docket: { file, delivery }, profile: has('--profile') });
  const expected = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  const found = new Map<string, { floor: Taken[]; docket: Taken[] }>();
  let used = 0;
  const turn = async (target: Target, kind: Kind, from: number, count: number, connections: number) => {
    const these = Array.from({ length: count }, (_, i) => clicks[kind](from + i));
    const before = target.computed();
    target.run();
    const taken = await drive(target.send(), these, connections, target === docket);
    target.rest();
    return { ...taken, computed: target.computed() - before };
  };
  const both = async (kind: Kind, from: number, count: number, connections: number, first: Target) => {
    const taken = new Map<Target, Taken>();
    for (const target of first === floor ? [floor, docket] : [docket, floor])
      taken.set(target, await turn(target, kind, from, count, connections));
    expected[kind] = (expected[kind] ?? 0) + count;
    const key = `${kind} ${connections}`;
    const so = found.get(key) ?? { floor: [], docket: [] };
    found.set(key, so);
    return { so, floor: taken.get(floor), docket: taken.get(docket) };
  };
  const inOrder = [...KINDS].sort((a, b) => Number(a === 'command') - Number(b === 'command')); // a withdrawal is the end
  for (const kind of inOrder) await both(kind, used, WARM_UP, 16, floor);
  used += WARM_UP;
  for (let round = 0; round < ROUNDS; round++) {
    for (const connections of CONNECTIONS) {
      const count = clicksAt(connections);
      for (const kind of inOrder) {
        const taken = await both(kind, used, count, connections, round % 2 ? docket : floor);
        if (taken.floor) taken.so.floor.push(taken.floor);
        if (taken.docket) taken.so.docket.push(taken.docket);
      }
      used += count;
    }
  }
  for (const kind of KINDS) {
    const events = docket.events(EVENT[kind]);
    if (events - (kind === 'command' ? closed : 0) !== expected[kind])
      throw new Error(`${expected[kind]} clicks left ${events} ${EVENT[kind]} in the record`);
  }
  await Promise.all([floor.stop(), docket.stop()]);
  return KINDS.flatMap((kind) =>
    CONNECTIONS.map((connections) => {
      const { floor: bare = [], docket: ours = [] } = found.get(`${kind} ${connections}`) ?? {};
      return { road, kind, connections, closed, delivery, floor: bare, docket: ours };
    }),
  );
}
