import * as z from 'zod';
import { withIds } from '../elements.ts';
import { isObj, type Obj } from '../json.ts';
import { messageJson } from '../payloads.ts';
import type { StoredMessage } from '../workspace.ts';
import type { World } from '../world.ts';
import { messageBlocks } from './blocks.ts';
import { ApiError, flag, json, type Method, method, text } from './method.ts';
import { postable, room } from './rooms.ts';

const content = { text: text.default(''), blocks: json.optional() };
const metadata = json.optional();
const contentErrors = [
  'no_text',
  'msg_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'channel_not_found',
];
const metadataErrors = ['invalid_metadata_format', 'metadata_too_large'];
const postErrors = ['not_in_channel', 'is_archived', 'cannot_reply_to_message'];

/** Bytes of metadata that a message can carry. */
const METADATA_BYTES = 16_000;

/** @throws ApiError when the metadata is not `{event_type, event_payload}` or too large */
function goodMetadata(metadata: unknown): Obj {
  if (!isObj(metadata) || typeof metadata.event_type !== 'string' || !isObj(metadata.event_payload))
    throw new ApiError('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES) throw new ApiError('metadata_too_large');
  return metadata;
}

/** @throws ApiError cannot_reply_to_message when there is no such message to reply to */
function goodThread(world: World, channel: string, ts: string | undefined): string | undefined {
  if (ts === undefined || ts === '') return undefined;
  const parent = world.workspace.message(channel, ts);
  if (!parent || parent.ephemeralFor !== undefined) throw new ApiError('cannot_reply_to_message');
  return parent.threadTs ?? ts;
}

const postMessage = method({
  scopes: ['chat:write'],
  errors: [...contentErrors, ...metadataErrors, ...postErrors, 'msg_blocks_too_long'],
  args: z.object({ channel: text, ...content, metadata, thread_ts: text.optional(), reply_broadcast: flag }),
  run(args, world) {
    const channel = postable(world, args.channel);
    const blocks = messageBlocks(world, args);
    const threadTs = goodThread(world, channel.id, args.thread_ts);
    const message = world.workspace.post({
      channel: channel.id,
      user: world.workspace.bot.id,
      text: args.text,
      blocks: withIds(blocks),
      ...(threadTs && { threadTs, broadcast: args.reply_broadcast }),
      ...(args.metadata !== undefined && { metadata: goodMetadata(args.metadata) }),
    });
    return { channel: channel.id, ts: message.ts, message: messageJson(world, message, true) };
  },
});

const postEphemeral = method({
  scopes: ['chat:write'],
  errors: [...contentErrors, ...postErrors, 'user_not_in_channel'],
  args: z.object({ channel: text, user: text, ...content, thread_ts: text.optional() }),
  run(args, world) {
    const channel = postable(world, args.channel);
    if (!channel.members.includes(args.user)) throw new ApiError('user_not_in_channel');
    const threadTs = goodThread(world, channel.id, args.thread_ts);
    const message = world.workspace.post({
      channel: channel.id,
      user: world.workspace.bot.id,
      text: args.text,
      blocks: withIds(messageBlocks(world, args, 'msg_too_long')),
      ephemeralFor: args.user,
      ...(threadTs && { threadTs }),
    });
    return { message_ts: message.ts };
  },
});

/** A message of the bot's own that everybody sees. */
function own(world: World, channel: string, ts: string, refusal: string): StoredMessage {
  const message = world.workspace.message(room(world, channel).id, ts);
  if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
  if (message.user !== world.workspace.bot.id) throw new ApiError(refusal);
  return message;
}

const update = method({
  scopes: ['chat:write'],
  errors: [...contentErrors, ...metadataErrors, 'message_not_found', 'cant_update_message'],
  args: z.object({ channel: text, ts: text, ...content, text: text.optional(), metadata }),
  run(args, world) {
    const message = own(world, args.channel, args.ts, 'cant_update_message');
    const given = args.blocks !== undefined;
    if (args.text === undefined && !given && args.metadata === undefined) throw new ApiError('no_text');
    const words = args.text ?? message.text;
    // What is not sent stays as it was; an empty list takes the blocks away.
    const blocks = messageBlocks(
      world,
      { text: words, blocks: given ? args.blocks : message.blocks },
      'msg_too_long',
    );
    world.workspace.edit(message, {
      text: words,
      blocks: withIds(blocks),
      ...(args.metadata !== undefined && { metadata: goodMetadata(args.metadata) }),
    });
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: messageJson(world, message, true),
    };
  },
});

const remove = method({
  scopes: ['chat:write'],
  errors: ['channel_not_found', 'message_not_found', 'cant_delete_message'],
  args: z.object({ channel: text, ts: text }),
  run(args, world) {
    const message = own(world, args.channel, args.ts, 'cant_delete_message');
    world.workspace.remove(message);
    return { channel: message.channel, ts: message.ts };
  },
});

const getPermalink = method({
  errors: ['channel_not_found', 'message_not_found'],
  args: z.object({ channel: text, message_ts: text }),
  run({ channel, message_ts: ts }, world) {
    const message = world.workspace.message(room(world, channel).id, ts);
    if (!message) throw new ApiError('message_not_found');
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel}` : '';
    const path = `archives/${channel}/p${ts.replace('.', '')}${thread}`;
    return { channel, permalink: `https://${world.workspace.team.domain}.slack.com/${path}` };
  },
});

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
