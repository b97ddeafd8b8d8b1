import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Group } from '../db/groups.ts';
import { type BoardTime, boardOf, boardTime, boardTimeOf } from '../policy/board.ts';
import type { Policy } from '../policy/schema.ts';
import { WEEKDAYS } from '../policy/times.ts';
import type { Setup } from '../workspace/types.ts';
import { context, section } from './blocks/blocks.ts';
import { fits } from './blocks/fit.ts';
import { count, cut, escaped } from './blocks/format.ts';
import { label, option } from './blocks/inputs.ts';
import { parsePeople, type StateValues } from './blocks/parse-form.ts';

/** The form of `/change setup`, by which Slack says what was sent. */
export const SETUP_FORM = 'setup';
const CHANNELS = {
  announceIn: 'Channel where changes are announced',
  board: 'Channel where the board meets',
} as const;
type ChannelUse = keyof typeof CHANNELS;
/** Slack's limit for what one menu offers or holds. */
const MOST_CHOSEN = 100;
/** Of the hundred blocks of a form, less those around the roles. */
const ROLE_BLOCKS = 92;
const BOARD_DAY = 'boardDay';
const BOARD_TIME = 'boardTime';
const peopleOf = (role: string) => `people.${role}`;
const groupsOf = (role: string) => `groups.${role}`;
const deputiesOf = (role: string) => `deputies.${role}`;

const groups = z.object({
  selected_options: z.array(z.object({ value: z.string().regex(/^S[A-Z0-9]{2,20}$/) })),
});
const day = z.object({ selected_option: z.object({ value: z.string() }) });
const time = z.object({ selected_time: z.string() });
const channel = z.object({ selected_channel: z.string().regex(/^C[A-Z0-9]{2,20}$/) });

/** What the form carries: the number of the last event of setting up that it shows. */
export const setupCarried = z.object({ seen: z.number().int() });

/** How a workspace is set up now. */
interface SetUpNow {
  /** The number of the last event that set something up. */
  seen: number;
  /** Role id to people and user groups. */
  assigned: ReadonlyMap<string, string[]>;
  /** Role id to the people who act where nobody else does. */
  deputies: ReadonlyMap<string, string[]>;
  channels: Partial<Record<ChannelUse, string | undefined>>;
  /** Where somebody has chosen it. */
  boardMeets?: BoardTime | undefined;
  /** The workspace's user groups. */
  known: Group[];
}

/**
 * The form of `/change setup`.
 * @param words a part of a role's name: only such roles are shown, for a company with more than a form holds
 */
export function drawSetup(
  policy: Policy,
  { seen, assigned, deputies, channels, boardMeets, known }: SetUpNow,
  words: string,
): ModalView {
  const all = Object.entries(policy.roles);
  const named = all.filter(([, title]) => title.toLowerCase().includes(words.trim().toLowerCase()));
  const wanted = named.length > 0 ? named : all;
  const inputs = wanted.map(([role, title]) =>
    roleInputs(role, title, { holders: assigned.get(role) ?? [], deputies: deputies.get(role) ?? [] }, known),
  );
  const shown = inputs.slice(0, howManyFit(inputs));
  const left = inputs.length - shown.length;
  return {
    type: 'modal',
    callback_id: SETUP_FORM,
    private_metadata: JSON.stringify({ seen } satisfies z.infer<typeof setupCarried>),
    title: label('Set up Docket'),
    submit: label('Save'),
    close: label('Cancel'),
    blocks: [
      ...(named.length > 0
        ? []
        : [
            section(
              `⚠️ No role is called \`${escaped(cut(words.trim(), 60)).replaceAll('`', '')}\`, so here are all of them.`,
            ),
          ]),
      channelInput('announceIn', channels.announceIn),
      ...(boardOf(policy) ? [channelInput('board', channels.board)] : []),
      ...meetingInputs(policy, boardMeets ?? boardTimeOf(policy)),
      section(
        '*Who holds which role.* One person fills one review of a change, so the more people, the fewer waits. Deputies are asked once the time is up, or where nobody else can decide.',
      ),
      ...shown.flat(),
      ...(left > 0
        ? [context(`${count(left, 'role')} more: \`/change setup\` and a part of the name shows them.`)]
        : []),
    ],
  };
}

function channelInput(use: ChannelUse, chosen: string | undefined): InputBlock {
  return {
    ...{ type: 'input', block_id: use, optional: use === 'board', label: label(CHANNELS[use]) },
    hint: label('Invite Docket there: /invite @Docket'),
    element: { type: 'channels_select', action_id: use, ...(chosen && { initial_channel: chosen }) },
  };
}

/** On which day and when the board meets each week; nothing where it does not. */
function meetingInputs(policy: Policy, now: BoardTime | undefined): InputBlock[] {
  if (!now) return [];
  const days = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)].map((each) =>
    option(each, `${each[0]?.toUpperCase()}${each.slice(1)}`),
  );
  const chosen = days.find(({ value }) => value === now.day);
  return [
    {
      ...{ type: 'input', block_id: BOARD_DAY, label: label('Day on which the board meets') },
      element: {
        ...{ type: 'static_select', action_id: BOARD_DAY, options: days },
        ...(chosen && { initial_option: chosen }),
      },
    },
    {
      ...{ type: 'input', block_id: BOARD_TIME, label: label('Time at which it meets') },
      hint: label(
        `In ${policy.zone}. Its agenda comes the day before; one that is already posted keeps its time.`,
      ),
      element: { type: 'timepicker', action_id: BOARD_TIME, initial_time: now.time },
    },
  ];
}

/** Of the roles' inputs in order, how many one form takes. */
function howManyFit(inputs: KnownBlock[][]): number {
  for (let n = inputs.length; n > 0; n--) {
    const blocks = inputs.slice(0, n).flat();
    if (blocks.length <= ROLE_BLOCKS && fits(blocks)) return n;
  }
  return 0;
}

function roleInputs(
  role: string,
  title: string,
  { holders, deputies }: { holders: string[]; deputies: string[] },
  known: Group[],
): KnownBlock[] {
  const people = holders.filter((holder) => !isGroup(holder));
  // Slack offers a hundred options; those that are chosen must be among them.
  const offered = known.toSorted((a, b) => Number(holders.includes(b.id)) - Number(holders.includes(a.id)));
  const inRole = offered.filter(({ id }) => holders.includes(id));
  const select = (block: string, text: string, chosen: string[]): InputBlock => ({
    type: 'input',
    block_id: block,
    optional: true,
    label: label(text),
    element: {
      type: 'multi_users_select',
      action_id: block,
      max_selected_items: MOST_CHOSEN,
      ...(chosen.length > 0 && { initial_users: chosen.slice(0, MOST_CHOSEN) }),
    },
  });
  const own = select(peopleOf(role), title, people);
  const late = select(deputiesOf(role), `${title}: deputies`, deputies);
  if (known.length === 0) return [own, late];
  const group: InputBlock = {
    type: 'input',
    block_id: groupsOf(role),
    optional: true,
    label: label(`${title}: user groups`),
    element: {
      ...{
        type: 'multi_static_select',
        action_id: groupsOf(role),
        options: offered.slice(0, MOST_CHOSEN).map(groupOption),
      },
      ...(inRole.length > 0 && { initial_options: inRole.slice(0, MOST_CHOSEN).map(groupOption) }),
    },
  };
  return [own, group, late];
}

const isGroup = (holder: string): boolean => holder.startsWith('S');

const groupOption = ({ id, name }: Group) => ({
  value: id,
  text: label(cut(`@${name}`, 75)),
});

/** What the form says. What it did not ask for is left as it is. */
export function parseSetup(policy: Policy, values: StateValues, assigned: Map<string, string[]>): Setup {
  const asked = (block: string) => Object.hasOwn(values, block);
  const ids = Object.keys(policy.roles);
  const roles = ids
    .filter((role) => asked(peopleOf(role)))
    .map((role): [string, string[]] => {
      const inGroups = groups
        .safeParse(values[groupsOf(role)]?.[groupsOf(role)])
        .data?.selected_options.map(({ value }) => value);
      const holders = assigned.get(role) ?? [];
      const [keptGroups, people] = [holders.filter(isGroup), holders.filter((holder) => !isGroup(holder))];
      // A menu does not hold more, so whoever is beyond that was not taken out of it.
      const beyond = people.slice(MOST_CHOSEN);
      const chosen = new Set([...parsePeople(values, peopleOf(role)), ...beyond]);
      return [role, [...chosen, ...(inGroups ?? keptGroups)]];
    });
  const deputies = ids
    .filter((role) => asked(deputiesOf(role)))
    .map((role) => [role, parsePeople(values, deputiesOf(role))] as const);
  const chosen = (use: ChannelUse) => channel.safeParse(values[use]?.[use]).data?.selected_channel;
  const [announceIn, board] = [chosen('announceIn'), chosen('board')];
  const meets = boardTime.safeParse({
    day: day.safeParse(values[BOARD_DAY]?.[BOARD_DAY]).data?.selected_option.value,
    time: time.safeParse(values[BOARD_TIME]?.[BOARD_TIME]).data?.selected_time,
  }).data;
  return {
    roles: Object.fromEntries(roles),
    deputies: Object.fromEntries(deputies),
    ...(announceIn && { announceIn }),
    ...(board && { board }),
    ...(meets && { boardMeets: meets }),
  };
}
