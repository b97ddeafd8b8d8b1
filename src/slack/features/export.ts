import { periodForm } from '../../calendar/period.ts';
import { populationNamed } from '../../change/export.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change } from '../../change/types.ts';
import { countPopulation } from '../../db/population.ts';
import { askForFile } from '../../engine/export.ts';
import { WORKSPACE } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { count, escaped } from '../blocks/format.ts';
import { thisYear } from '../blocks/year.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf, isNumber } from '../find.ts';

/** More rows than that are more than one file: by month or week they are fewer. */
const MOST_ROWS = 20_000;

/** `/change export`, and the button of that name in the full record. */
export function exportChanges(world: World): Feature {
  const { db, policy, clock } = world;
  const wantedBy = (by: string, words: string) => populationNamed(words, policy.zone, by, clock.now());

  async function list(which: string, by: string): Promise<string> {
    const wanted = wantedBy(by, which);
    if (!wanted) throw notThere(which);
    const rows = await countPopulation(db, wanted);
    if (rows > MOST_ROWS)
      throw new Refusal(
        'unknown',
        `These are ${count(rows, 'change')}, and one file takes ${MOST_ROWS}. Please export them by month or week, like this: \`/change export ${thisYear(world)}-01\`.`,
      );
    await askForFile(world, WORKSPACE, { of: 'list', which: wanted.which }, by);
    return `I am writing ${count(rows, 'change')} to a file (${wanted.title}). It comes to your direct messages with me.`;
  }

  /** @throws {Refusal} when there is none */
  async function named(words: string): Promise<Change> {
    try {
      return await changeNamed(world, words, thisYear(world));
    } catch (error) {
      // `2026-13` is the short form of a number, too.
      throw error instanceof Refusal && periodForm(words) ? notThere(words) : error;
    }
  }

  function notThere(words: string): Refusal {
    const part = periodForm(words);
    const none = part ? `There is no ${part} ${escaped(words.trim().toUpperCase())}. ` : '';
    return new Refusal('unknown', none + HOW(policy.prefix, thisYear(world)));
  }

  return {
    words: [
      {
        name: 'export',
        group: 'look',
        usage: `${policy.prefix}-… | open | mine | all | ${thisYear(world)}-10`,
        help: 'Get the whole record of a change as a document, or a list of changes as a table, by year, quarter, month or week too',
        async run({ by, words: said, here = '', reply }) {
          const words = said.trim() || here;
          // A year alone means its changes.
          if (!isNumber(words) || wantedBy(by, words)) return reply(plainly(await list(words, by)));
          const change = await named(words);
          await askForFile(world, change.id, { of: 'record' }, by);
          return reply(plainly(onItsWay(change.number)));
        },
      },
    ],
    listen({ button }) {
      button(ACTION.export, async ({ by, value, reply }) => {
        const change = await changeOf(world, value);
        await askForFile(world, change.id, { of: 'record' }, by);
        await reply(plainly(onItsWay(change.number)));
      });
    },
  };
}

function onItsWay(number: string): string {
  return `I am writing all of ${number} to a document. It comes to your direct messages with me.`;
}

const HOW = (prefix: string, year: number) =>
  `Please say what to export: a change (\`/change export ${prefix}-${year}-001\`), or a list: \`open\`, \`mine\`, \`all\`, a year (\`${year}\`), a quarter (\`${year}-Q4\`), a month (\`${year}-10\` or \`last month\`) or a week (\`${year}-W42\`).`;
