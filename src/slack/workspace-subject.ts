import { implementerOf } from '../change/execution-plan.ts';
import { OPEN } from '../change/states.ts';
import type { Change, PersonId, Right } from '../change/types.ts';
import { everyChange } from '../db/changes.ts';
import { workspaceEvents } from '../db/events.ts';
import { WORKSPACE } from '../engine/setup.ts';
import type { World } from '../engine/world.ts';
import type { Policy } from '../policy/schema.ts';
import type { WorkspaceEvent } from '../workspace/types.ts';
import { type Drawn, section } from './blocks/blocks.ts';
import { cutMarkup, escaped, inLine, inStead, mention, nameOf, when } from './blocks/format.ts';
import type { Subject } from './subject.ts';

/** How many changes of somebody who left are named. */
const NAMED = 15;

/** What people are told about the workspace itself. It has no cards and no thread. */
export async function workspaceSubject(world: World): Promise<Subject> {
  const { events } = await workspaceEvents(world.db, WORKSPACE);
  return {
    seq: events.length,
    audienceOf: () => {
      throw new Error('the workspace has no cards');
    },
    draw: () => Promise.reject(new Error('the workspace has no cards')),
    history: async () => undefined,
    async personal(seq, to) {
      const event = events[seq - 1];
      const words = event && (await personalWords(world, event, to));
      return words ? told(words) : undefined;
    },
  };
}

/** A message of nothing but words. */
export function told(words: string): Drawn {
  return { text: words.split('\n')[0] ?? words, blocks: [section(cutMarkup(words, 3000))] };
}

async function personalWords(world: World, event: WorkspaceEvent, to: PersonId): Promise<string | undefined> {
  switch (event.type) {
    case 'Delegated':
      return delegated(event, to, world.policy);
    case 'DelegationEnded': {
      const { from, to: standIn } = event.delegation;
      const how = event.revoked
        ? `was ended by ${mention(event.by)}${inRole(event, world.policy)}`
        : 'is over';
      return `🔁 The delegation ${how}: ${mention(standIn)} no longer stands in for ${mention(from)}.`;
    }
    case 'PersonGone':
      return personGone(event, await theirs(world, event.person), world.policy);
    case 'RoleAssigned':
    case 'DeputiesAssigned':
    case 'ChannelChosen':
    case 'MeetingTimeChosen':
    case 'FeedKeyRenewed':
    case 'DelegationBegan':
    case 'GroupSeen':
    case 'SetUpRefused':
    case 'AttemptRefused':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** " for @Amira (Change manager)": in which role somebody did this for others, where the record says so. */
function inRole({ role, for: whom }: Partial<Right>, policy: Policy): string {
  return role === undefined ? '' : `${inStead(whom)} (${escaped(policy.roles[role] ?? role)})`;
}

function delegated(event: WorkspaceEvent & { type: 'Delegated' }, to: PersonId, policy: Policy): string {
  const time = `${when(event.startsAt)} – ${when(event.endsAt)}`;
  const by = event.by === event.from ? '' : `, says ${mention(event.by)}${inRole(event, policy)}`;
  const why = event.words ? `\n${inLine(event.words, 300)}` : '';
  return to === event.to
    ? `🔁 You stand in for ${mention(event.from)}${by}: ${time}. What they are asked comes to you too, and the record says for whom you decided.${why}`
    : `🔁 ${mention(event.to)} stands in for you${by}: ${time}. You may still decide yourself. \`/change delegate\` ends it earlier.${why}`;
}

/** Open changes that somebody filed or carries out. */
async function theirs({ db }: World, person: PersonId): Promise<Change[]> {
  const open = await everyChange(db, [...OPEN]);
  return open.filter((change) => change.requester === person || implementerOf(change) === person);
}

function isToCarryOut(change: Change, person: PersonId): boolean {
  return (
    ['approved', 'scheduled', 'implementing'].includes(change.status) && implementerOf(change) === person
  );
}

/** For who oversees changes: which roles are empty now, and whose changes have lost their owner. */
export function personGone(
  { person, roles, emptied }: WorkspaceEvent & { type: 'PersonGone' },
  open: readonly Change[],
  policy: Policy,
): string {
  const title = (role: string) => escaped(policy.roles[role] ?? role);
  const list = (ids: string[]) => ids.map(title).join(', ');
  const duty = (change: Change) => (change.requester === person ? 'they filed it' : 'they carry it out');
  return [
    `👋 ${mention(person)} has left the workspace.`,
    roles.length > 0 ? `Their roles: ${list(roles)}.` : 'They held no role.',
    ...(emptied.length > 0
      ? [`⚠️ *Nobody is left as ${list(emptied)}*. Please choose somebody with \`/change setup\`.`]
      : []),
    ...(open.length > 0 ? ['Open changes of theirs, which need somebody else:'] : []),
    ...open.slice(0, NAMED).map((change) => `• ${nameOf(change)} (${duty(change)})`),
    ...(open.length > NAMED ? [`• and ${open.length - NAMED} more`] : []),
    ...(open.some((change) => isToCarryOut(change, person))
      ? [
          'What they were to carry out and is approved, `/change handover` and its number gives to somebody else.',
        ]
      : []),
  ].join('\n');
}
