import type { HomeView, KnownBlock } from '@slack/types';
import type { Holders } from '../../change/holders.ts';
import { isOver } from '../../change/states.ts';
import type { Change } from '../../change/types.ts';
import { listChanges } from '../../db/changes.ts';
import { draftsOf } from '../../db/drafts.ts';
import { waitingForPerson } from '../../engine/waiting.ts';
import type { World } from '../../engine/world.ts';
import { buttons, context, divider, header, section } from '../blocks.ts';
import { draftRows } from '../draft-rows.ts';
import type { Feature } from '../feature.ts';
import { count } from '../format.ts';
import { approveButton, changeRow } from '../lines.ts';
import { openNewChange } from './new-change.ts';

const NEW = 'home-new';
/** Slack takes a hundred blocks; each change takes two. */
const SHOWN = 15;
const DRAFTS_SHOWN = 5;

/** Docket's Home: what waits for this person, and what they filed. */
export function home(world: World): Feature {
  async function draw(person: string): Promise<HomeView> {
    const { changes: waiting, facts } = await waitingForPerson(world, person);
    const mine = (await listChanges(world.db, { requester: person, limit: 50 }))
      .map(({ change }) => change)
      .filter((change) => !isOver(change.status));
    const own = await draftsOf(world.db, person, DRAFTS_SHOWN);
    return drawHome(waiting, mine, facts.holders, draftRows(world.policy, own, world.clock.now()));
  }
  return {
    listen(listen) {
      listen.home(draw);
      listen.button(NEW, (caller) => openNewChange(world, caller));
    },
  };
}

/** Home as it is published: the most urgent of what waits, then the latest of somebody's own. */
export function drawHome(
  waiting: Change[],
  mine: Change[],
  holders: Holders,
  drafts: KnownBlock[] = [],
): HomeView {
  const rows = (list: Change[], from: number, approve: boolean): KnownBlock[] =>
    list
      .slice(0, SHOWN)
      .flatMap((change, n) => changeRow(change, holders, from + n, approve ? [approveButton(change)] : []));
  return {
    type: 'home',
    blocks: [
      ...buttons([{ label: 'New change', action: NEW, value: 'new', style: 'primary' }]),
      header(`Waiting for you (${waiting.length})`),
      ...(waiting.length > 0 ? rows(waiting, 0, true) : [section('Nothing waits for your decision.')]),
      divider,
      header(`Your open changes (${mine.length})`),
      ...(mine.length > 0
        ? rows(mine, SHOWN, false)
        : [section('You have none. `/change new` files one from any channel.')]),
      ...(drafts.length > 0 ? [divider, header('Your drafts'), ...drafts] : []),
      context(
        `${count(waiting.length + mine.length, 'change')} in all. \`/change help\` lists everything I can do.`,
      ),
    ],
  };
}
