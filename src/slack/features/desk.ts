import type { KnownBlock } from '@slack/types';
import { mayTake, type Step } from '../../change/allowed.ts';
import type { Facts } from '../../change/facts.ts';
import { inRole } from '../../change/holders.ts';
import { isOverseer, overseerTitle } from '../../change/overseer.ts';
import type { Stuck } from '../../change/stuck.ts';
import type { Change, Instant, PersonId } from '../../change/types.ts';
import { openDuties } from '../../db/posts.ts';
import { type OnDesk, onTheDesk } from '../../engine/desk.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import type { Edition } from '../../posts/types.ts';
import { buttons, context, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count, escaped, mentions, when } from '../blocks/format.ts';
import { changeRow } from '../blocks/lines.ts';
import { pageOf } from '../blocks/pages.ts';
import { stepButtons } from '../change/step-buttons.ts';
import { doneButton } from '../duty-blocks.ts';
import type { Feature } from '../feature.ts';
import type { Caller } from '../listen.ts';
import { titleOf, UPKEEP } from '../posts.ts';

/** Slack takes about 13,000 characters in a message: of more changes than these the reasons would lose their ends. */
const SHOWN = 10;
const DUTIES_SHOWN = 6;
const MORE = 'desk-more';

/** `/change desk`: what is late or stuck, for those who see to it that it moves. */
export function desk(world: World): Feature {
  async function page({ by, reply }: Pick<Caller, 'by' | 'reply'>, after?: unknown): Promise<void> {
    const facts = await loadFacts(world);
    if (!isOverseer(facts, by)) return reply(notYours(facts));
    const { found } = await onTheDesk(world);
    const duties = await openDuties(world.db, UPKEEP);
    await reply(drawDesk({ found, duties, facts, person: by, now: world.clock.now(), after }));
  }

  return {
    words: [
      {
        name: 'desk',
        group: 'decide',
        usage: '',
        help: `See what is late or stuck (${overseerTitle(world)})`,
        run: (spoken) => page(spoken),
      },
    ],
    listen: ({ button }) => button(MORE, ({ by, value, turn }) => page({ by, reply: turn }, value)),
  };
}

/** What keeps the process in order and is still to be done, each with its button. */
export function drawDuties(editions: readonly Edition[]): KnownBlock[] {
  const rows = editions.slice(0, DUTIES_SHOWN).flatMap((edition, n) => {
    const title = titleOf(edition);
    const { duty } = edition;
    if (!duty) return [];
    return [
      section(`🧭 *${title}*: to be done by ${when(duty.deadline)}.`),
      ...buttons([doneButton(edition, title, n)]),
    ];
  });
  const left = editions.length - DUTIES_SHOWN;
  return left > 0 ? [...rows, context(`🧭 And ${left} more: \`/change todo\`.`)] : rows;
}

function notYours(facts: Facts): Drawn {
  const people = inRole(facts.holders, facts.policy.overseer);
  const who = people.length > 0 ? `: ${mentions(people)}` : ', and nobody holds that role now';
  return plainly(
    `The desk is for the ${escaped(overseerTitle(facts))}${who}. \`/change list\` shows what is open.`,
  );
}

interface Desk {
  found: readonly OnDesk[];
  /** What keeps the process in order and is still to be done. */
  duties: readonly Edition[];
  facts: Facts;
  person: PersonId;
  now: Instant;
  /** The change with which the page before ended. */
  after?: unknown;
}

/** What is stuck, the most urgent first, each with why and what would help; then what the process itself needs. */
export function drawDesk({ found, duties, facts, person, now, after }: Desk): Drawn {
  if (found.length === 0) {
    const none = plainly('Nothing is late and nothing is stuck.');
    return { ...none, blocks: [...none.blocks, ...drawDuties(duties)] };
  }
  const page = pageOf(found, { size: SHOWN, idOf: ({ change }) => change.id, action: MORE, after });
  const lead = `${count(found.length, 'change')} ${found.length === 1 ? 'is' : 'are'} late or stuck, the most urgent first.${page.which}`;
  const rows = page.shown.flatMap(({ change, stuck }, n) => {
    const all = [stuck, ...(stuck.besides ?? [])];
    const helps = all.flatMap(({ step }) => helping(change, step, facts, person, now));
    const why = all.map((each) => `⚠️ ${stuckWords(change, each, facts)}`).join('\n');
    return changeRow(change, facts.holders, n, helps, why);
  });
  return { text: lead, blocks: fitMessage([section(lead), ...rows, ...page.more, ...drawDuties(duties)]) };
}

/** The button of what would help, where this person may do it. */
function helping(change: Change, step: Step | undefined, facts: Facts, person: PersonId, now: Instant) {
  if (!step || !mayTake(step, change, person, facts, now)) return [];
  return stepButtons(change, person, new Set([step])).slice(0, 1);
}

function stuckWords(change: Change, { why, since, people, seat }: Stuck, { policy }: Facts): string {
  const time = change.proposal.endsAt === undefined ? 'the time for that' : 'its window';
  const who = mentions(people);
  const roles = escaped((seat?.roles ?? []).map((role) => policy.roles[role] ?? role).join(' or '));
  switch (why) {
    case 'late':
      return `*Late* since ${when(since)}; it waits for ${who}.`;
    case 'nobody can decide':
      return `*Nobody can decide* as ${roles}. \`/change setup\` says who holds that role.`;
    case 'nobody asked can decide':
      return `*Nobody who was asked can decide* any more; ${who} could.`;
    case 'quorum lost':
      return `*Too few of the board are left* for its quorum. The chair${who && ` (${who})`} may let those decide, or \`/change setup\` gives the seats to others.`;
    case 'not resubmitted':
      return `*Not resubmitted* by ${who} since ${when(since)}. \`/change withdraw ${change.number}\` and the reason takes it back.`;
    case 'nobody can start':
      return `*Nobody can start it*: ${who} was to carry it out and has left. Hand it over to somebody else.`;
    case 'window missed':
      return `*Not started* by ${who}, and ${time} has been over since ${when(since)}.`;
    case 'overrun':
      return `*Not finished* by ${who}, and ${time} has been over since ${when(since)}. Where they cannot go on, hand it over.`;
    case 'nobody can verify':
      return `*Nobody can verify it*: \`/change setup\` says who holds ${escaped(change.execution.verifiers.map((role) => policy.roles[role] ?? role).join(' or '))}.`;
    case 'not verified':
      return `*Not verified* since ${when(since)} by any of ${who}.`;
    case 'not looked back on':
      return `*Not looked back on*: its retrospective was due ${when(since)}; it waits for ${who}.`;
    case 'not reviewed':
      return who
        ? `*Not reviewed by the board*: that was due ${when(since)}; any of ${who} records it for all, and \`/change cab now ${change.number}\` has them meet at once.`
        : `*Nobody can review it* for the board: that was due ${when(since)}. \`/change setup\` says who sits on it.`;
    default:
      return why satisfies never;
  }
}
