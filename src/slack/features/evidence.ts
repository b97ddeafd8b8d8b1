import { periodForm, periodNamed } from '../../calendar/period.ts';
import { Refusal } from '../../change/refusal.ts';
import { countPopulation } from '../../db/population.ts';
import { askForFile } from '../../engine/export.ts';
import { WORKSPACE } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { count, escaped } from '../blocks/format.ts';
import { thisYear } from '../blocks/year.ts';
import type { Feature } from '../feature.ts';

/** More changes than that are more than one document. */
const MOST_CHANGES = 20_000;

/** `/change evidence`: what an auditor samples of a period, for whoever may export its changes. */
export function evidence(world: World): Feature {
  const { db, policy, clock } = world;
  return {
    words: [
      {
        name: 'evidence',
        group: 'look',
        usage: `[last quarter | ${thisYear(world)}-Q4 | ${thisYear(world)}-10 | ${thisYear(world)}]`,
        help: 'Get what an auditor samples of a period: its changes, approvals, refusals, freezes and roles, with checks',
        async run({ by, words, reply }) {
          const said = words.trim() || 'last quarter';
          const period = periodNamed(said, policy.zone, clock.now());
          if (!period) throw notThere(said, thisYear(world));
          const { key, start, end } = period;
          if (start > clock.now()) throw new Refusal('unknown', `${key} has not begun yet.`);
          const changes = await countPopulation(db, { which: key, title: key, submitted: { start, end } });
          if (changes > MOST_CHANGES)
            throw new Refusal(
              'unknown',
              `In ${key} ${count(changes, 'change')} were filed, and one document takes ${MOST_CHANGES}. Please ask for a shorter period, like this: \`/change evidence ${key.slice(0, 4)}-01\`.`,
            );
          await askForFile(world, WORKSPACE, { of: 'evidence', period: key }, by);
          await reply(
            plainly(
              `I am putting the evidence of ${key} together: a document, and the tables that go with it. It comes to your direct messages with me.`,
            ),
          );
        },
      },
    ],
  };
}

function notThere(words: string, year: number): Refusal {
  const form = periodForm(words);
  const none = form ? `There is no ${form} ${escaped(words.toUpperCase())}. ` : '';
  return new Refusal(
    'unknown',
    `${none}Please say of which period: \`last quarter\`, a quarter (\`${year}-Q4\`), a month (\`${year}-10\`), a week (\`${year}-W42\`) or a year (\`${year}\`).`,
  );
}
