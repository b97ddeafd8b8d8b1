import type { Workspace, WorkspaceEvent } from './types.ts';

/** What the workspace is set up as after one more event. */
export function evolveWorkspace(workspace: Workspace | undefined, event: WorkspaceEvent): Workspace {
  const before = workspace ?? { seq: 0, roles: {}, deputies: {}, delegations: [], groups: {} };
  const next = { ...before, seq: before.seq + 1 };
  const lastSetUp = { by: event.by, seq: next.seq };
  switch (event.type) {
    case 'RoleAssigned':
      return { ...next, lastSetUp, roles: { ...next.roles, [event.role]: event.holders } };
    case 'DeputiesAssigned':
      return { ...next, lastSetUp, deputies: { ...next.deputies, [event.role]: event.holders } };
    case 'ChannelChosen':
      return { ...next, lastSetUp, [event.use]: event.channel };
    case 'MeetingTimeChosen':
      return { ...next, lastSetUp, boardMeets: event.meets };
    case 'Delegated': {
      const { type: _, by: _by, at: _at, role: _role, for: _for, ...delegation } = event;
      return { ...next, delegations: [...next.delegations, delegation] };
    }
    case 'DelegationBegan':
      return {
        ...next,
        delegations: next.delegations.map((one) =>
          one.id === event.delegation.id ? { ...one, began: true } : one,
        ),
      };
    case 'DelegationEnded':
      return { ...next, delegations: next.delegations.filter(({ id }) => id !== event.delegation.id) };
    case 'GroupSeen': {
      const { group, joined } = event;
      const left = new Set(event.left);
      const stayed = (next.groups[group] ?? []).filter((one) => !left.has(one));
      return { ...next, groups: { ...next.groups, [group]: [...stayed, ...joined] } };
    }
    case 'FeedKeyRenewed':
    case 'PersonGone':
    case 'SetUpRefused':
    case 'AttemptRefused':
      return next;
    default:
      return event satisfies never;
  }
}
