import { inRole } from '../change/holders.ts';
import { Refusal } from '../change/refusal.ts';
import { sameMembers } from '../change/same.ts';
import type { Actor } from '../change/types.ts';
import { boardTimeOf } from '../policy/board.ts';
import { delegate, revoke, turn } from './decide-delegation.ts';
import { seeGroups } from './decide-groups.ts';
import { evolveWorkspace } from './evolve.ts';
import { mayOversee, type WorkspaceFacts } from './facts.ts';
import type { Setup, Workspace, WorkspaceCommand, WorkspaceCommandOf, WorkspaceEvent } from './types.ts';

/**
 * The rules of the workspace: an event for each thing that is different from now on, none where nothing is.
 * @throws {Refusal} for somebody who may not
 */
export function decideWorkspace(
  workspace: Workspace | undefined,
  command: WorkspaceCommand,
  facts: WorkspaceFacts,
): WorkspaceEvent[] {
  switch (command.type) {
    case 'SetUp':
      return setUp(workspace, command, facts);
    case 'RenewFeedKey':
      return renewFeedKey(command, facts);
    case 'Delegate':
      return delegate(workspace, command, facts);
    case 'RevokeDelegation':
      return revoke(workspace, command, facts);
    case 'TurnDelegation':
      return turn(workspace, command);
    case 'NoticeGone':
      return noticeGone(command, facts);
    case 'PutDownAttempt': {
      const { by, at, of, command: tried, code, sentence } = command;
      return [{ type: 'AttemptRefused', by, at, of, command: tried, code, sentence }];
    }
    case 'SeeGroups':
      return seeGroups(workspace, command.at, facts);
    default:
      return command satisfies never;
  }
}

function setUp(
  workspace: Workspace | undefined,
  { by, at, setup }: WorkspaceCommandOf<'SetUp'>,
  facts: WorkspaceFacts,
): WorkspaceEvent[] {
  checkMaySetUp(by, facts);
  const different = (list: Record<string, string[]> = {}, now: Record<string, string[]> = {}) =>
    Object.entries(list).filter(
      ([role, holders]) => Object.hasOwn(facts.policy.roles, role) && !sameMembers(holders, now[role] ?? []),
    );
  const roles = different(setup.roles, workspace?.roles);
  const deputies = different(setup.deputies, workspace?.deputies);
  const channels = (['announceIn', 'board'] as const).flatMap((use) => {
    const channel = setup[use];
    return channel === undefined || channel === workspace?.[use] ? [] : [{ use, channel }];
  });
  const meets = setup.boardMeets;
  const met = workspace?.boardMeets ?? boardTimeOf(facts.policy);
  const moves = facts.policy.board.meets && meets && (meets.day !== met?.day || meets.time !== met?.time);
  const events: WorkspaceEvent[] = [
    ...roles.map(([role, holders]): WorkspaceEvent => ({ type: 'RoleAssigned', role, holders, by, at })),
    ...deputies.map(
      ([role, holders]): WorkspaceEvent => ({ type: 'DeputiesAssigned', role, holders, by, at }),
    ),
    ...channels.map((chosen): WorkspaceEvent => ({ type: 'ChannelChosen', ...chosen, by, at })),
    ...(moves ? [{ type: 'MeetingTimeChosen' as const, meets, by, at }] : []),
  ];
  if (events.length === 0) return [];
  checkSeen(setup, workspace);
  // Who is in a group was of no concern until it was given a role.
  return [...events, ...seeGroups(events.reduce(evolveWorkspace, workspace), at, facts)];
}

/** A form that was open while somebody else saved another would put back what they have altered. */
function checkSeen({ seen }: Setup, workspace: Workspace | undefined): void {
  const last = workspace?.lastSetUp;
  if (seen === undefined || seen === (last?.seq ?? 0)) return;
  const who = last && last.by !== 'docket' ? `<@${last.by}>` : 'Somebody';
  throw new Refusal(
    'not now',
    `${who} has set something up meanwhile. Open \`/change setup\` once more to see how it is now; nothing was saved.`,
  );
}

function renewFeedKey(
  { by, at }: WorkspaceCommandOf<'RenewFeedKey'>,
  facts: WorkspaceFacts,
): WorkspaceEvent[] {
  checkMaySetUp(by, facts);
  return [{ type: 'FeedKeyRenewed', by, at }];
}

/** Somebody left: which roles they held, and which have nobody in them now. Told before they are forgotten. */
function noticeGone(
  { by, at, person }: WorkspaceCommandOf<'NoticeGone'>,
  { policy, holders, admins }: WorkspaceFacts,
): WorkspaceEvent[] {
  const held = [...holders].filter(([, list]) => list.some((one) => one.person === person && !one.for));
  const roles = held.map(([role]) => role);
  const emptied = roles.filter((role) => inRole(holders, role).every((one) => one === person));
  const overseers = inRole(holders, policy.overseer).filter((one) => one !== person);
  const tell = overseers.length > 0 ? overseers : admins.filter((one) => one !== person);
  return [{ type: 'PersonGone', by, at, person, roles, emptied, tell }];
}

/** Setting up is for workspace admins, and for those who hold the overseer's role. @throws {Refusal} for others */
function checkMaySetUp(person: Actor, facts: WorkspaceFacts): void {
  if (mayOversee(person, facts)) return;
  const { roles, overseer } = facts.policy;
  const role = (roles[overseer] ?? overseer).toLowerCase();
  throw new Refusal(
    'not your role',
    `Setting up is for workspace admins and the ${role}. Please ask one of them.`,
  );
}
