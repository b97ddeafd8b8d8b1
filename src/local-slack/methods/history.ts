import * as z from 'zod';
import type { Obj } from '../json.ts';
import { messageJson } from '../payloads.ts';
import type { StoredMessage } from '../workspace.ts';
import type { World } from '../world.ts';
import { ApiError, flag, type Method, method, page, paging, text } from './method.ts';
import { scopedRoom } from './rooms.ts';

const range = {
  oldest: text.default('0'),
  latest: text.optional(),
  inclusive: flag,
  include_all_metadata: flag,
  ...paging,
};

type Range = z.infer<z.ZodObject<typeof range>>;

/** @throws ApiError invalid_ts_oldest or invalid_ts_latest */
function within({ oldest, latest, inclusive }: Range, ts: string): boolean {
  const [from, to, at] = [Number(oldest), latest === undefined ? Infinity : Number(latest), Number(ts)];
  if (Number.isNaN(from)) throw new ApiError('invalid_ts_oldest');
  if (Number.isNaN(to)) throw new ApiError('invalid_ts_latest');
  return inclusive ? at >= from && at <= to : at > from && at < to;
}

function answer(world: World, args: Range, found: StoredMessage[]): Obj {
  const { items, next } = page(found, args.limit, args.cursor);
  return {
    messages: items.map((message) => messageJson(world, message, args.include_all_metadata)),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}

const history = method({
  scopes: ['channels:history', 'im:history'],
  errors: ['channel_not_found', 'not_in_channel', 'invalid_cursor', 'invalid_ts_oldest', 'invalid_ts_latest'],
  args: z.object({ channel: text, ...range }),
  run(args, world) {
    const channel = scopedRoom(world, args.channel, 'history');
    if (!channel.members.includes(world.workspace.bot.id)) throw new ApiError('not_in_channel');
    const found = world.workspace
      .inChannel(channel.id)
      .filter(
        (one) =>
          one.ephemeralFor === undefined &&
          (one.threadTs === undefined || one.broadcast === true) &&
          within(args, one.ts),
      );
    return { ...answer(world, args, found.reverse()), pin_count: 0 };
  },
});

const replies = method({
  scopes: ['channels:history', 'im:history'],
  errors: [
    'channel_not_found',
    'thread_not_found',
    'invalid_cursor',
    'invalid_ts_oldest',
    'invalid_ts_latest',
  ],
  args: z.object({ channel: text, ts: text, ...range }),
  run(args, world) {
    const channel = scopedRoom(world, args.channel, 'history');
    const asked = world.workspace.message(channel.id, args.ts);
    const parent = asked?.threadTs ? world.workspace.message(channel.id, asked.threadTs) : asked;
    if (!parent || parent.ephemeralFor !== undefined) throw new ApiError('thread_not_found');
    const below = world.workspace.replies(channel.id, parent.ts).filter(({ ts }) => within(args, ts));
    return answer(world, args, [parent, ...below]);
  },
});

export const historyMethods: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
