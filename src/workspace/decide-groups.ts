import type { Instant } from '../change/types.ts';
import type { WorkspaceFacts } from './facts.ts';
import type { Workspace, WorkspaceEvent } from './types.ts';

/** How many people one event names of each kind, so that a group of thousands makes no endless one. */
const MOST = 500;

/**
 * What is new of the user groups that hold a role, so that the record tells who could act through them: of those who
 * count, since guests, bots and people who left never do. A group that holds no role is nobody's business.
 */
export function seeGroups(
  workspace: Workspace | undefined,
  at: Instant,
  { groups, isActive }: Pick<WorkspaceFacts, 'groups' | 'isActive'>,
): WorkspaceEvent[] {
  if (!workspace) return [];
  const { roles, deputies } = workspace;
  const holding = new Set([...Object.values(roles), ...Object.values(deputies)].flat());
  return groups
    .filter(({ group }) => holding.has(group))
    .flatMap(({ group, members }) => {
      const known = workspace.groups[group];
      const before = new Set(known);
      const now = new Set(members.filter(isActive));
      const joined = [...now].filter((one) => !before.has(one)).toSorted();
      const left = [...before].filter((one) => !now.has(one)).toSorted();
      // That it has nobody in it is told once, too: from then on it is known.
      const parts = Math.max(Math.ceil(Math.max(joined.length, left.length) / MOST), known ? 0 : 1);
      const part = (of: string[], n: number) => of.slice(n * MOST, (n + 1) * MOST);
      return Array.from(
        { length: parts },
        (_, n): WorkspaceEvent => ({
          ...{ type: 'GroupSeen', group, joined: part(joined, n), left: part(left, n) },
          ...{ by: 'docket', at },
        }),
      );
    });
}
