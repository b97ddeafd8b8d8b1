import type { KnownBlock } from '@slack/types';
import type { ActionItem } from '../../change/aftermath.ts';
import { completesAs } from '../../change/decide/action.ts';
import type { Facts } from '../../change/facts.ts';
import type { PersonId } from '../../change/types.ts';
import { type ActionsFor, actionsFor, type OpenAction } from '../../db/actions.ts';
import { handleMeeting, MEETING } from '../../engine/board.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { buttons, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { inLine, quote } from '../blocks/format.ts';
import { pageOf } from '../blocks/pages.ts';
import { actionLine } from '../change/evidence.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { actionTargetOf, readActionTarget } from '../ids.ts';

/** Slack takes fifty blocks; an item takes two. */
const SHOWN = 20;
/** More than anybody turns the pages of. */
const LISTED = 1000;
const MORE = 'actions-more';

/** `/change actions`: what came out of reviews and is still to be done, and the Done button wherever it stands. */
export function actions(world: World): Feature {
  async function page(by: PersonId, after?: unknown): Promise<Drawn> {
    return drawActions(await actionsFor(world.db, by, LISTED), by, await loadFacts(world), after);
  }

  return {
    words: [
      {
        name: 'actions',
        group: 'carry out',
        usage: '',
        help: 'See the open action items, yours first, and say what is done',
        run: async ({ by, reply }) => reply(await page(by)),
      },
    ],
    listen({ button }) {
      button(MORE, async ({ by, value, turn }) => turn(await page(by, value)));
      button(ACTION.actionDone, async ({ by, value, reply }) => {
        const { id, action } = readActionTarget(value);
        const { items, from } = await complete(world, id, action, by);
        const item = items.find((each) => each.id === action);
        await reply(plainly(`✅ Done: ${inLine(item?.words ?? '', 150)} (${from}).`));
      });
    },
  };
}

/** Says that it is done to what it came from: a change, or a meeting of the board. */
async function complete(
  world: World,
  id: string,
  action: string,
  by: PersonId,
): Promise<{ items: readonly ActionItem[]; from: string }> {
  const intent = { type: 'CompleteAction', action } as const;
  if (id.startsWith(MEETING)) {
    const { meeting } = await handleMeeting(world, id, intent, by);
    return { items: meeting.actions, from: quote(meeting.title, 150) };
  }
  const { change } = await handle(world, id, intent, by);
  return { items: 'actions' in change ? change.actions : [], from: change.number };
}

/**
 * Open action items as a list: this person's, then everybody else's, each with Done where they may say so.
 * @param after the item with which the page before ended
 */
export function drawActions(
  { open, mine, all }: ActionsFor,
  person: PersonId,
  facts: Facts,
  after?: unknown,
): Drawn {
  if (all === 0) return plainly('There are no open action items. 🎉');
  const idOf = ({ changeId, item }: OpenAction) => actionTargetOf(changeId, item.id);
  const page = pageOf(open, { size: SHOWN, idOf, action: MORE, after });
  const lead = `Open action items: ${mine} of yours, ${all - mine} of others.`;
  return {
    text: lead,
    blocks: fitMessage([
      section(`*${lead}*${page.which}`),
      ...page.shown.flatMap((each, n) => row(each, n, person, facts)),
      ...page.more,
    ]),
  };
}

/** `n` tells the buttons apart: Slack wants every action id once in a message. */
function row(
  { changeId, number, title, requester, item }: OpenAction,
  n: number,
  person: PersonId,
  facts: Facts,
): KnownBlock[] {
  const done = {
    ...{ label: 'Done', action: `${ACTION.actionDone}:${n}`, value: actionTargetOf(changeId, item.id) },
    spoken: `Done: ${item.words}`,
  };
  const may = completesAs({ requester }, item, person, facts) !== undefined;
  return [section(`${actionLine(item)}\n${number} ${quote(title, 150)}`), ...buttons(may ? [done] : [])];
}
