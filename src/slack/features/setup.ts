import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Holders } from '../../change/route.ts';
import { type Group, knownGroups } from '../../db/groups.ts';
import { roleHolders } from '../../db/people.ts';
import { assignments } from '../../db/roles.ts';
import { readSetting } from '../../db/settings.ts';
import { checkMaySetUp, type Setup, setUp } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, section } from '../blocks.ts';
import type { Feature } from '../feature.ts';
import { escaped, mentions } from '../format.ts';
import type { StateValues } from '../parse-form.ts';

const CALLBACK = 'setup';
const CHANNEL = 'announceIn';
const peopleOf = (role: string) => `people.${role}`;
const groupsOf = (role: string) => `groups.${role}`;

const users = z.object({ selected_users: z.array(z.string().regex(/^[UW][A-Z0-9]{2,20}$/)) });
const groups = z.object({
  selected_options: z.array(z.object({ value: z.string().regex(/^S[A-Z0-9]{2,20}$/) })),
});
const channel = z.object({ selected_channel: z.string().regex(/^C[A-Z0-9]{2,20}$/) });

/** `/change setup`: who holds which role, and where changes are announced. */
export function setup(world: World): Feature {
  const { policy } = world;
  return {
    words: [
      {
        name: 'setup',
        usage: '',
        help: 'Say who holds which role, and where changes are announced',
        async run({ by, open }) {
          await checkMaySetUp(world, by);
          await open(await draw(world));
        },
      },
    ],
    listen({ submit }) {
      submit(CALLBACK, async ({ by, values }) => {
        await setUp(world, parse(world, values, await assignments(world.db)), by);
        return drawSaved(policy, await roleHolders(world.db));
      });
    },
  };
}

async function draw({ db, policy }: World): Promise<ModalView> {
  return drawSetup(policy, {
    assigned: await assignments(db),
    announceIn: await readSetting(db, CHANNEL),
    known: await knownGroups(db),
  });
}

/** How a workspace is set up now. */
export interface SetUpNow {
  /** Role id to people and user groups. */
  assigned: ReadonlyMap<string, string[]>;
  announceIn: string | undefined;
  /** The workspace's user groups. */
  known: Group[];
}

export function drawSetup(policy: Policy, { assigned, announceIn, known }: SetUpNow): ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const roles = Object.entries(policy.roles).flatMap(([role, title]) =>
    roleInputs(role, title, assigned.get(role) ?? [], known),
  );
  return {
    type: 'modal',
    callback_id: CALLBACK,
    title: plain('Set up Docket'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: CHANNEL,
        label: plain('Channel where changes are announced'),
        hint: plain('Invite Docket there: /invite @Docket'),
        element: {
          type: 'channels_select',
          action_id: CHANNEL,
          ...(announceIn && { initial_channel: announceIn }),
        },
      },
      section(
        '*Who holds which role.* One person fills one review of a change, so the more people, the fewer waits.',
      ),
      ...roles,
    ],
  };
}

function roleInputs(role: string, title: string, holders: string[], known: Group[]): KnownBlock[] {
  const people = holders.filter((holder) => !holder.startsWith('S'));
  const inRole = known.filter(({ id }) => holders.includes(id)).map(groupOption);
  const label = (text: string) => ({ type: 'plain_text' as const, text });
  const select: InputBlock = {
    type: 'input',
    block_id: peopleOf(role),
    optional: true,
    label: label(title),
    element: {
      type: 'multi_users_select',
      action_id: peopleOf(role),
      ...(people.length > 0 && { initial_users: people }),
    },
  };
  if (known.length === 0) return [select];
  const group: InputBlock = {
    type: 'input',
    block_id: groupsOf(role),
    optional: true,
    label: label(`${title}: user groups`),
    element: {
      ...{
        type: 'multi_static_select',
        action_id: groupsOf(role),
        options: known.slice(0, 100).map(groupOption),
      },
      ...(inRole.length > 0 && { initial_options: inRole }),
    },
  };
  return [select, group];
}

const groupOption = ({ id, name }: Group) => ({
  value: id,
  text: { type: 'plain_text' as const, text: `@${name}`.slice(0, 75) },
});

/** What the form says. What it did not ask for is left as it is. */
function parse({ policy }: World, values: StateValues, assigned: Map<string, string[]>): Setup {
  const roles = Object.keys(policy.roles).flatMap((role) => {
    const people = users.safeParse(values[peopleOf(role)]?.[peopleOf(role)]).data?.selected_users;
    const inGroups = groups
      .safeParse(values[groupsOf(role)]?.[groupsOf(role)])
      .data?.selected_options.map(({ value }) => value);
    const keptGroups = (assigned.get(role) ?? []).filter((holder) => holder.startsWith('S'));
    return people ? [{ role, holders: [...people, ...(inGroups ?? keptGroups)] }] : [];
  });
  const chosen = channel.safeParse(values[CHANNEL]?.[CHANNEL]).data?.selected_channel;
  return {
    roles: Object.fromEntries(roles.map(({ role, holders }) => [role, holders])),
    ...(chosen && { announceIn: chosen }),
  };
}

/** What was saved, and which roles are still empty: found now, not when a change gets stuck. */
export function drawSaved(policy: Policy, holders: Holders): ModalView {
  const lines = Object.entries(policy.roles).map(
    ([role, title]) =>
      `• ${escaped(title)}: ${holders.get(role)?.length ? mentions(holders.get(role) ?? [], 5) : '⚠️ nobody yet'}`,
  );
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Saved' },
    close: { type: 'plain_text', text: 'Done' },
    blocks: [
      section(`*Roles*\n${lines.join('\n')}`),
      context('Guests, bots and people who left do not count.'),
    ],
  };
}
