import type { Channel } from '../workspace.ts';
import type { World } from '../world.ts';
import { ApiError, needScope } from './method.ts';

/**
 * The conversation with that id.
 * @throws ApiError channel_not_found, also for a name in place of an id
 */
export function room(world: World, id: string): Channel {
  const found = world.workspace.channel(id);
  if (!found) throw new ApiError('channel_not_found');
  return found;
}

/**
 * Where the bot may post: a channel it is in, or a DM, also given as a person's id. Nobody reads the DM of a
 * person who is gone.
 * @throws ApiError channel_not_found, is_archived, not_in_channel
 */
export function postable(world: World, id: string): Channel {
  const person = world.workspace.person(id);
  const channel = person && !person.isBot ? world.workspace.dmWith(id) : room(world, id);
  const gone = channel.members.some((one) => world.workspace.person(one)?.deactivated);
  if (channel.kind === 'dm' && gone) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  const anywhere = world.manifest.oauth_config.scopes.bot.includes('chat:write.public');
  if (!channel.members.includes(world.workspace.bot.id) && !anywhere) throw new ApiError('not_in_channel');
  return channel;
}

/**
 * A conversation, if the app has the scope for its kind: `channels:…` or `im:…`.
 * @throws ApiError channel_not_found, missing_scope
 */
export function scopedRoom(world: World, id: string, right: 'read' | 'history'): Channel {
  const channel = room(world, id);
  needScope(world, `${channel.kind === 'dm' ? 'im' : 'channels'}:${right}`);
  return channel;
}
