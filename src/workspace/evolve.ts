import type { Workspace, WorkspaceEvent } from './types.ts';

/** What the workspace is set up as after one more event. */
export function evolveWorkspace(workspace: Workspace | undefined, event: WorkspaceEvent): Workspace {
  const before = workspace ?? { seq: 0, roles: {} };
  const next = { ...before, seq: before.seq + 1 };
  switch (event.type) {
    case 'RoleAssigned':
      return { ...next, roles: { ...next.roles, [event.role]: event.holders } };
    case 'ChannelChosen':
      return { ...next, announceIn: event.channel };
    default:
      return event satisfies never;
  }
}
