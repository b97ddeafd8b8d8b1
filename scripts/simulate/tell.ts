import { figuresOf } from './figures.ts';
import { type Plan, simulate } from './simulate.ts';

/** Plays it and prints its figures; `LOOK=c-11` also all that became of that change, or with a person's id all that they were sent. */
export async function playAndTell(plan: Plan): Promise<void> {
  const { seed, changes, days } = plan;
  process.stdout.write(`SEED=${seed}: ${changes} changes in ${days} days…\n`);
  const seen = await simulate(plan);
  process.stdout.write(`${figuresOf(seen)}\n`);
  const { LOOK } = process.env;
  if (LOOK) process.stdout.write(`${seen.storyOf(LOOK).join('\n')}\n`);
  process.exitCode = seen.breaches.length > 0 ? 1 : 0;
}
