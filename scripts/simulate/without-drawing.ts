import { findMessage, saveMessage } from '../../src/db/messages.ts';
import { readSetting } from '../../src/db/settings.ts';
import type { Perform } from '../../src/engine/deliver.ts';
import type { Outcome } from '../../src/engine/settle-delivery.ts';
import type { World } from '../../src/engine/world.ts';
import { plainly } from '../../src/slack/blocks/blocks.ts';
import { subjectOf } from '../../src/slack/subject.ts';
import { makePace } from '../../src/slack/wire/pace.ts';
import { postOnce } from '../../src/slack/wire/post-once.ts';
import type { Client } from './pretend-slack.ts';

const DONE: Outcome = { end: 'done' };

/**
 * Carries effects out like `perform`, but for what takes most of the time and alters nothing of when somebody is
 * written to: cards say only whose they are, and are not redrawn.
 */
export function withoutDrawing(world: World, client: Client, perform: Perform): Perform {
  const { db } = world;
  return async (job) => {
    const { effect, stream } = job;
    if (effect.do === 'redraw') return DONE;
    if (effect.do !== 'card') return perform(job);
    const subject = await subjectOf(world, stream);
    if (!subject) return perform(job);
    const audience = subject.audienceOf(effect);
    const stands = await findMessage(db, stream, audience);
    if (stands) return { end: 'done', reached: stands };
    if (!job.resumed && subject.wants?.(effect) === false) return DONE;
    const full = await job.room();
    if (full !== undefined) return { end: 'held', until: full };
    const channel =
      effect.to === undefined ? ((await readSetting(db, 'announceIn')) ?? '') : effect.to.replace(/^U/, 'D');
    const drawn = plainly(`${effect.card} for ${audience}`);
    const { ts } = await postOnce(client, makePace(world.clock, 0), { channel, job, drawn });
    await saveMessage(db, { stream, audience, channel, ts, drawnSeq: subject.seq });
    return { end: 'done', reached: { channel, ts } };
  };
}
