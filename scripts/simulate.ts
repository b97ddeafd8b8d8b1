import { figuresOf } from './simulate/figures.ts';
import { simulate } from './simulate/simulate.ts';

/** `npm run simulate`: a company's year in a minute or two. Exits 1 when something that must always hold did not. */
const { SEED = Date.now() % 1_000_000, DAYS = 365, CHANGES = 10_000 } = process.env;
const [seed, days, changes] = [Number(SEED), Number(DAYS), Number(CHANGES)];
process.stdout.write(`SEED=${seed}: ${changes} changes in ${days} days…\n`);
const seen = await simulate({ seed, days, changes, draws: process.env.DRAW === '1' });
process.stdout.write(`${figuresOf(seen)}\n`);
// `LOOK=c-11`: all that became of that change.
if (process.env.LOOK) process.stdout.write(`${seen.storyOf(process.env.LOOK).join('\n')}\n`);
process.exitCode = seen.breaches.length > 0 ? 1 : 0;
