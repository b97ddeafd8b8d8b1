import type { UserGroup } from './company.ts';
import { announce } from './events.ts';
import { groupJson, userJson } from './methods/users.ts';
import type { Person } from './protocol.ts';
import type { World } from './world.ts';

/** Changes a person, or adds one, and tells the app: `user_change` or `team_join`. */
export function setPerson(world: World, id: string, patch: Partial<Person>): void {
  const known = world.workspace.person(id);
  const blank = {
    name: id.toLowerCase(),
    realName: id,
    title: '',
    zone: 'UTC',
    isAdmin: false,
    isBot: false,
  };
  const person: Person = { ...blank, ...known, ...patch, id };
  world.workspace.putPerson(person);
  const type = known ? 'user_change' : 'team_join';
  const stamp = { cache_ts: Math.floor(world.clock.now() / 1000), event_ts: world.workspace.nextTs() };
  announce(world, type, { type, user: userJson(world, person), ...stamp });
}

/**
 * Changes who is in a user group and tells the app: `subteam_updated` and `subteam_members_changed`.
 * @throws when there is no such group
 */
export function setGroup(world: World, id: string, members: string[]): void {
  const group = world.workspace.state.groups.find((one) => one.id === id);
  if (!group) throw new Error(`There is no user group ${id}.`);
  const changed: UserGroup = { ...group, members };
  world.workspace.putGroup(changed);
  const added = members.filter((member) => !group.members.includes(member));
  const removed = group.members.filter((member) => !members.includes(member));
  const stamp = { event_ts: world.workspace.nextTs(), team_id: world.workspace.team.id };
  announce(world, 'subteam_updated', {
    type: 'subteam_updated',
    subteam: groupJson(world, changed, true),
    ...stamp,
  });
  announce(world, 'subteam_members_changed', {
    type: 'subteam_members_changed',
    subteam_id: id,
    date_previous_update: 0,
    date_update: Math.floor(world.clock.now() / 1000),
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
    ...stamp,
  });
}

/** Archives a channel: it can be read, but nobody posts there any more. */
export function archive(world: World, id: string): void {
  const channel = world.workspace.channel(id);
  if (!channel) throw new Error(`There is no channel ${id}.`);
  world.workspace.archive(channel);
}

/** Deletes a message, as an administrator may; the app is not told. */
export function deleteMessage(world: World, channel: string, ts: string): void {
  const message = world.workspace.message(channel, ts);
  if (message) world.workspace.remove(message);
}
