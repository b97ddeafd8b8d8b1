import * as z from 'zod';
import type { Obj } from '../json.ts';
import type { Channel } from '../workspace.ts';
import type { World } from '../world.ts';
import { ApiError, flag, type Method, method, needScope, page, paging, text } from './method.ts';
import { room, scopedRoom } from './rooms.ts';

function channelJson(world: World, channel: Channel): Obj {
  const botIsIn = channel.members.includes(world.workspace.bot.id);
  if (channel.kind === 'dm') {
    const user = channel.members.find((id) => id !== world.workspace.bot.id);
    return { id: channel.id, is_im: true, is_channel: false, is_archived: false, user };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_im: false,
    is_private: false,
    is_mpim: false,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_member: botIsIn,
    context_team_id: world.workspace.team.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

const open = method({
  scopes: ['im:write'],
  errors: [
    'user_not_found',
    'user_disabled',
    'users_list_not_supplied',
    'too_many_users',
    'channel_not_found',
  ],
  args: z.object({ users: text.optional(), channel: text.optional(), return_im: flag }),
  run(args, world) {
    if (args.channel) return { channel: channelJson(world, room(world, args.channel)) };
    const ids = (args.users ?? '').split(',').filter((id) => id !== '');
    const [id] = ids;
    if (id === undefined) throw new ApiError('users_list_not_supplied');
    if (ids.length > 1) throw new ApiError('missing_scope', { needed: 'mpim:write' });
    const person = world.workspace.person(id);
    if (!person || person.isBot) throw new ApiError('user_not_found');
    if (person.deactivated) throw new ApiError('user_disabled');
    const dm = world.workspace.dmWith(id);
    return { channel: args.return_im ? channelJson(world, dm) : { id: dm.id } };
  },
});

const KINDS: Record<string, { kind: Channel['kind'] | 'none'; scope: string }> = {
  public_channel: { kind: 'channel', scope: 'channels:read' },
  private_channel: { kind: 'none', scope: 'groups:read' },
  im: { kind: 'dm', scope: 'im:read' },
  mpim: { kind: 'none', scope: 'mpim:read' },
};

const list = method({
  scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  errors: ['invalid_cursor', 'invalid_types'],
  args: z.object({ types: text.default('public_channel'), exclude_archived: flag, ...paging }),
  run(args, world) {
    const kinds = args.types.split(',').map((type) => {
      const known = KINDS[type.trim()];
      if (!known) throw new ApiError('invalid_types');
      needScope(world, known.scope);
      return known.kind;
    });
    const wanted = world.workspace.state.channels.filter(
      ({ kind, archived }) => kinds.includes(kind) && !(args.exclude_archived && archived),
    );
    const { items, next } = page(wanted, args.limit, args.cursor);
    return {
      channels: items.map((channel) => channelJson(world, channel)),
      response_metadata: { next_cursor: next },
    };
  },
});

const info = method({
  scopes: ['channels:read', 'im:read'],
  errors: ['channel_not_found'],
  args: z.object({ channel: text }),
  run: ({ channel }, world) => ({ channel: channelJson(world, scopedRoom(world, channel, 'read')) }),
});

const join = method({
  scopes: ['channels:join'],
  errors: ['channel_not_found', 'is_archived', 'method_not_supported_for_channel_type'],
  args: z.object({ channel: text }),
  run(args, world) {
    const channel = room(world, args.channel);
    if (channel.kind === 'dm') throw new ApiError('method_not_supported_for_channel_type');
    if (channel.archived) throw new ApiError('is_archived');
    world.workspace.join(channel, world.workspace.bot.id);
    return { channel: channelJson(world, channel) };
  },
});

const members = method({
  scopes: ['channels:read', 'im:read'],
  errors: ['channel_not_found', 'invalid_cursor'],
  args: z.object({ channel: text, ...paging }),
  run(args, world) {
    const channel = scopedRoom(world, args.channel, 'read');
    const { items, next } = page(channel.members, args.limit, args.cursor);
    return { members: items, response_metadata: { next_cursor: next } };
  },
});

export const conversationMethods: Record<string, Method> = {
  'conversations.open': open,
  'conversations.list': list,
  'conversations.info': info,
  'conversations.join': join,
  'conversations.members': members,
};
