import { tzName, tzOffset } from '@date-fns/tz';
import * as z from 'zod';
import type { UserGroup } from '../company.ts';
import type { Obj } from '../json.ts';
import type { Person } from '../protocol.ts';
import type { World } from '../world.ts';
import { ApiError, flag, type Method, method, page, paging, text } from './method.ts';

/** A person as Slack's API and the `user_change` event show them. */
export function userJson(world: World, person: Person): Obj {
  const now = new Date(world.clock.now());
  return {
    id: person.id,
    team_id: world.workspace.team.id,
    name: person.name,
    deleted: person.deactivated === true,
    real_name: person.realName,
    tz: person.zone,
    tz_label: tzName(person.zone, now, 'long'),
    tz_offset: tzOffset(person.zone, now) * 60,
    profile: {
      title: person.title,
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      team: world.workspace.team.id,
    },
    is_admin: person.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isGuest === true,
    is_ultra_restricted: false,
    is_bot: person.isBot,
    is_app_user: false,
    updated: Math.floor(now.getTime() / 1000),
  };
}

/** A group as Slack's API and the events about it show it. */
export function groupJson(world: World, group: UserGroup, withUsers: boolean): Obj {
  return {
    id: group.id,
    team_id: world.workspace.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: '',
    is_external: false,
    date_delete: 0,
    user_count: group.members.length,
    ...(withUsers && { users: group.members }),
  };
}

const info = method({
  scopes: ['users:read'],
  errors: ['user_not_found'],
  args: z.object({ user: text }),
  run({ user }, world) {
    const person = world.workspace.person(user);
    if (!person) throw new ApiError('user_not_found');
    return { user: userJson(world, person) };
  },
});

const list = method({
  scopes: ['users:read'],
  errors: ['invalid_cursor'],
  args: z.object(paging),
  run({ limit, cursor }, world) {
    const { items, next } = page(world.workspace.state.people, limit, cursor);
    return {
      members: items.map((person) => userJson(world, person)),
      cache_ts: Math.floor(world.clock.now() / 1000),
      response_metadata: { next_cursor: next },
    };
  },
});

const groupList = method({
  scopes: ['usergroups:read'],
  args: z.object({ include_users: flag }),
  run: (args, world) => ({
    usergroups: world.workspace.state.groups.map((group) => groupJson(world, group, args.include_users)),
  }),
});

const groupUsers = method({
  scopes: ['usergroups:read'],
  errors: ['no_such_subteam'],
  args: z.object({ usergroup: text }),
  run({ usergroup }, world) {
    const group = world.workspace.state.groups.find(({ id }) => id === usergroup);
    if (!group) throw new ApiError('no_such_subteam');
    return { users: group.members };
  },
});

export const userMethods: Record<string, Method> = {
  'users.info': info,
  'users.list': list,
  'usergroups.list': groupList,
  'usergroups.users.list': groupUsers,
};
