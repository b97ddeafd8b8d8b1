import * as z from 'zod';
import { withIds } from '../elements.ts';
import type { StoredFile } from '../files.ts';
import { objs, str } from '../json.ts';
import { fileJson } from '../payloads.ts';
import type { World } from '../world.ts';
import { messageBlocks } from './blocks.ts';
import { ApiError, json, type Method, method, text } from './method.ts';
import { postable } from './rooms.ts';

/** What a screen reader may be told of a picture. */
const ALT_TEXT = 1000;

const getUploadUrl = method({
  scopes: ['files:write'],
  errors: ['alt_txt_too_large'],
  // The argument is alt_txt, whatever the SDKs call it: another name is ignored.
  args: z.object({ filename: text, length: z.coerce.number().int().min(1), alt_txt: text.default('') }),
  run({ filename: name, length, alt_txt: alt }, world) {
    if (alt.length > ALT_TEXT) throw new ApiError('alt_txt_too_large');
    const { id, secret } = world.files.begin({ name, length, ...(alt && { alt }) });
    return { upload_url: `${world.url}upload/v1/${secret}`, file_id: id };
  },
});

const completeUpload = method({
  scopes: ['files:write'],
  errors: [
    'file_not_found',
    'channel_not_found',
    'not_in_channel',
    'posting_to_channel_denied',
    'invalid_blocks',
  ],
  args: z.object({
    files: json,
    channel_id: text.optional(),
    thread_ts: text.optional(),
    initial_comment: text.default(''),
    blocks: json.optional(),
  }),
  run(args, world) {
    const wanted = objs(args.files).map(({ id, title }) => ({ id: str(id), title: str(title) }));
    // Once: an upload that was completed is none any more.
    if (wanted.length === 0 || !wanted.every(({ id }) => world.files.isReady(id)))
      throw new ApiError('file_not_found');
    const share = args.channel_id === undefined ? undefined : shareIn(world, args, args.channel_id);
    const files = wanted.map(({ id, title }) => world.files.complete(id, title || undefined));
    share?.(files);
    return { files: files.map((file) => fileJson(world, file)) };
  },
});

/**
 * Checks where files are to be shared, and gives what shares them there.
 * @throws ApiError when that cannot be
 */
function shareIn(
  world: World,
  args: { initial_comment: string; blocks?: unknown; thread_ts?: string | undefined },
  channelId: string,
): (files: StoredFile[]) => void {
  // A person is no channel here; `chat.postMessage` alone takes one for the direct messages.
  if (world.workspace.person(channelId)) throw new ApiError('channel_not_found');
  const channel = sharable(world, channelId);
  const comment = args.initial_comment;
  const blocks =
    comment || args.blocks === undefined ? [] : messageBlocks(world, { text: ' ', blocks: args.blocks });
  const parent = args.thread_ts ? world.workspace.message(channel.id, args.thread_ts) : undefined;
  if (args.thread_ts && !parent) throw new ApiError('invalid_arguments');
  const threadTs = parent && (parent.threadTs ?? parent.ts);
  return (files) =>
    void world.workspace.post({
      channel: channel.id,
      user: world.workspace.bot.id,
      text: comment,
      blocks: withIds(blocks),
      files: files.map(({ id }) => id),
      ...(threadTs && { threadTs }),
    });
}

/** @throws ApiError in the codes that this method has for a channel that is shut */
function sharable(world: World, id: string) {
  try {
    return postable(world, id);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'is_archived')
      throw new ApiError('posting_to_channel_denied');
    throw error;
  }
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
};
