import { type Request, type Response, Router } from 'express';
import { withIds } from './elements.ts';
import { type Obj, obj, str } from './json.ts';
import { messageBlocks } from './methods/blocks.ts';
import { ApiError } from './methods/method.ts';
import type { ResponseTarget } from './response-urls.ts';
import type { World } from './world.ts';

/** Where apps post their answers to a `response_url`. */
export function createAnswers(world: World): Router {
  const router = Router();
  router.post('/:secret', (request: Request, response: Response) => {
    const target = world.responseUrls.use(String(request.params.secret));
    if (!target) {
      response.status(404).json({ ok: false, error: 'expired_url' });
      return;
    }
    try {
      answer(world, target, obj(request.body));
      response.json({ ok: true });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      response.status(400).json({ ok: false, error: error.code, ...error.more });
    }
  });
  return router;
}

/** @throws ApiError when Slack would not take the message */
function answer(world: World, target: ResponseTarget, body: Obj): void {
  const { workspace } = world;
  const original = target.messageTs ? workspace.message(target.channel, target.messageTs) : undefined;
  if (asked(body.delete_original)) {
    if (original) workspace.remove(original);
    return;
  }
  const text = str(body.text);
  const blocks = withIds(messageBlocks(world, { text, blocks: body.blocks }));
  if (asked(body.replace_original) && original) {
    workspace.edit(original, { text, blocks }, original.ephemeralFor === undefined);
    return;
  }
  const threadTs = str(body.thread_ts) || target.threadTs;
  workspace.post({
    channel: target.channel,
    user: workspace.bot.id,
    text,
    blocks,
    ...(body.response_type !== 'in_channel' && { ephemeralFor: target.personId }),
    ...(threadTs && { threadTs }),
  });
}

/** Slack takes the flag as a boolean and as a word. */
function asked(flag: unknown): boolean {
  return flag === true || flag === 'true';
}
