import type { KnownBlock } from '@slack/types';
import { nextOccurrence } from '../../calendar/recurrence.ts';
import { beforeBoard } from '../../catalogue/offer.ts';
import type { Template } from '../../catalogue/types.ts';
import { implementerOf } from '../../change/execution-plan.ts';
import { OPEN } from '../../change/states.ts';
import type { PersonId } from '../../change/types.ts';
import { ownersOfActions } from '../../db/actions.ts';
import { everyChange } from '../../db/changes.ts';
import { type Dashboard, dashboardOf } from '../../engine/dashboard.ts';
import { forEach } from '../../engine/each.ts';
import { loadFacts } from '../../engine/facts.ts';
import { planFor } from '../../engine/posts.ts';
import { policyOf } from '../../engine/quiet.ts';
import { dueAt } from '../../engine/waiting.ts';
import type { World } from '../../engine/world.ts';
import type { Schedule } from '../../policy/posts.ts';
import { buttons, type Drawn, section, sections } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count, inLine, nameOf, when } from '../blocks/format.ts';
import { shownVersion, templateName } from '../catalogue/template-words.ts';
import { taskWords } from '../home-rows.ts';
import type { SlackPost } from '../post.ts';
import { SAY } from '../speak.ts';

/** When the day's are planned. */
const NIGHTLY: Schedule = { at: '0 0 * * *', dayOff: 'as planned', skipAfterHours: 20 };
/** How many of each are named. */
const NAMED = 8;

/**
 * All that waits for somebody, once a day at an hour of their own. Each night those who could have something are gone
 * through, and the time of each is set.
 */
export const digest: SlackPost = {
  id: 'digest',
  every: 'day',
  about: 'this',
  when: async ({ policy }) => policy.posts.digest && NIGHTLY,
  make: async () => ({ to: [], work: true }),
  async work(world, { due }) {
    const people = await readers(world);
    // From one night to the next, which may be 25 hours, and from when it was due: it may come late.
    const until = nextOccurrence(world.policy, NIGHTLY, due)?.at ?? due;
    await forEach(people, async (person) => {
      const theirs = await policyOf(world, person);
      const schedule = theirs.posts.digest;
      const after = (at: number) => schedule && nextOccurrence(theirs, schedule, at);
      for (let next = after(due); next && next.at <= until; next = after(next.at))
        await planFor(world, 'digest', person, next);
    });
    world.wake();
    return `${count(people.length, 'person', 'people')} may get one.`;
  },
  async makeFor(world, person) {
    const { waiting, votes, tasks, duties, actions } = await dashboardOf(world, person);
    const all = [waiting, votes, tasks, duties, actions];
    return all.some(({ length }) => length > 0) ? { to: [person] } : undefined;
  },
  draw: async (world, _, to) => drawDigest(await dashboardOf(world, to)),
};

/** Who could have something to do: whoever holds a role, and whom an open change or action item belongs to. */
async function readers(world: World): Promise<PersonId[]> {
  const { holders } = await loadFacts(world);
  const open = await everyChange(world.db, OPEN);
  return [
    ...new Set([
      ...[...holders.values()].flat().map(({ person }) => person),
      ...open.flatMap((change) => [change.requester, implementerOf(change)]),
      ...(await ownersOfActions(world.db)),
    ]),
  ];
}

/** What waits, what is late first, and where it can be done. */
export function drawDigest({ now, waiting, votes, tasks, duties, actions, beyond }: Dashboard): Drawn {
  const late = (due: number) =>
    due < now ? ` ⚠️ *late* since ${when(due)}` : Number.isFinite(due) ? `, by ${when(due)}` : '';
  const toDo = [
    ...tasks.map(({ change, step, due }) => ({ name: `*${taskWords(step)}*: ${nameOf(change)}`, due })),
    ...duties.map((owed) => ({ name: `🧭 ${owed.title}`, due: owed.due })),
  ].sort((a, b) => a.due - b.due);
  const parts = [
    ...[
      part('To decide', [
        ...waiting.map((change) => `${nameOf(change)}${late(dueAt(change))}`),
        ...votes.map((template) => voteLine(template, late)),
      ]),
    ],
    ...[
      part(
        'To do',
        toDo.map(({ name, due }) => `${name}${late(due)}`),
      ),
    ],
    ...[
      part(
        'Action items',
        actions.map(({ item, number }) => `${inLine(item.words, 150)} (${number})${late(item.due)}`),
        beyond.actions,
      ),
    ],
  ];
  const said = [
    ...(waiting.length > 0 ? [`${count(waiting.length, 'change')} to decide`] : []),
    ...(votes.length > 0 ? [`${count(votes.length, 'template')} to vote on`] : []),
    ...(toDo.length > 0 ? [`${count(toDo.length, 'thing')} to do`] : []),
    ...(actions.length > 0 ? [count(actions.length + beyond.actions, 'action item')] : []),
  ];
  const lead = `☀️ Your day in changes: ${said.join(', ') || 'nothing is left'}.`;
  const say = (label: string, value: string, n: number) => ({ label, action: `${SAY}:${n}`, value });
  return {
    text: lead,
    blocks: fitMessage([
      section(`*${lead}*`),
      ...parts.flat(),
      ...buttons([
        ...(waiting.length + votes.length > 0 ? [say('Decide several…', 'approvals', 0)] : []),
        ...(toDo.length > 0 ? [say('What I have to do', 'todo', 1)] : []),
        ...(actions.length > 0 ? [say('My action items', 'actions', 2)] : []),
      ]),
    ]),
  };
}

/** A template of the catalogue that waits for their vote, as Home has it. */
function voteLine(template: Template, late: (due: number) => string): string {
  const version = beforeBoard(template) ?? shownVersion(template);
  return `📗 ${templateName(template, version)}, version ${version.version}, for the catalogue${late(version.deadline)}`;
}

function part(title: string, lines: readonly string[], beyond = 0): KnownBlock[] {
  if (lines.length === 0) return [];
  const more = lines.length > NAMED ? [`• and ${lines.length + beyond - NAMED} more`] : [];
  return sections([`*${title}*`, ...lines.slice(0, NAMED).map((line) => `• ${line}`), ...more]);
}
