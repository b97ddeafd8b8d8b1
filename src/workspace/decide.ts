import { Refusal } from '../change/refusal.ts';
import type { Holders } from '../change/route.ts';
import type { PersonId } from '../change/types.ts';
import type { Policy } from '../policy/schema.ts';
import type { Workspace, WorkspaceCommand, WorkspaceEvent } from './types.ts';

export interface WorkspaceFacts {
  policy: Policy;
  holders: Holders;
  /** Whether the one who gives the command is an admin of the Slack workspace. */
  isAdmin: boolean;
}

/**
 * The rules of the set-up: an event for each thing that is different from now on, none where nothing is.
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
    default:
      return command.type satisfies never;
  }
}

function setUp(
  workspace: Workspace | undefined,
  { by, at, setup }: WorkspaceCommand,
  facts: WorkspaceFacts,
): WorkspaceEvent[] {
  if (by !== 'docket') checkMaySetUp(by, facts);
  const roles = Object.entries(setup.roles ?? {}).filter(
    ([role, holders]) =>
      Object.hasOwn(facts.policy.roles, role) && !same(holders, workspace?.roles[role] ?? []),
  );
  const channel = setup.announceIn === workspace?.announceIn ? undefined : setup.announceIn;
  return [
    ...roles.map(([role, holders]): WorkspaceEvent => ({ type: 'RoleAssigned', role, holders, by, at })),
    ...(channel ? [{ type: 'ChannelChosen', use: 'announceIn', channel, by, at } as const] : []),
  ];
}

/** Setting up is for workspace admins, and for those who hold the overseer's role. @throws {Refusal} for others */
export function checkMaySetUp(
  person: PersonId,
  { policy, holders, isAdmin }: Pick<WorkspaceFacts, 'policy' | 'holders' | 'isAdmin'>,
): void {
  if (isAdmin || holders.get(policy.overseer)?.includes(person)) return;
  const role = policy.roles[policy.overseer] ?? policy.overseer;
  throw new Refusal(
    'not your role',
    `Setting up is for workspace admins and the ${role.toLowerCase()}. Please ask one of them.`,
  );
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
