import { editionEvent } from '../db/events.ts';
import { loadEdition } from '../db/posts.ts';
import type { World } from '../engine/world.ts';
import { ANNOUNCEMENTS, type Edition } from '../posts/types.ts';
import { buttons, type Drawn, section } from './blocks/blocks.ts';
import { when } from './blocks/format.ts';
import { doneButton } from './duty-blocks.ts';
import { POSTS, titleOf } from './posts.ts';
import type { Subject } from './subject.ts';

/** A post of one period as it is seen in Slack: the same card for everybody whom it goes to. */
export async function postSubject(world: World, stream: string): Promise<Subject | undefined> {
  const edition = (await loadEdition(world.db, stream))?.state;
  const post = POSTS.find(({ id }) => id === edition?.post);
  if (!edition || !post) return undefined;
  return {
    seq: edition.seq,
    audienceOf: ({ to = ANNOUNCEMENTS }) => to,
    draw: (audience) => post.draw(world, edition, audience),
    history: async () => undefined,
    async personal(seq) {
      const event = await editionEvent(world.db, stream, seq);
      return event?.type === 'DutyChased' ? chased(edition, event.due) : undefined;
    },
  };
}

/** That something is still to be done; nothing once it is, or where a later message has said so. */
function chased(edition: Edition, due: number): Drawn | undefined {
  const { duty, done } = edition;
  if (!duty || done || (duty.chasedFor ?? 0) > due) return undefined;
  const title = titleOf(edition);
  const is = due <= duty.deadline ? `is due ${when(duty.deadline)}` : `was due ${when(duty.deadline)}`;
  const words = `⏰ *${title}* ${is} and is still to be done.`;
  return { text: words, blocks: [section(words), ...buttons([doneButton(edition, title)])] };
}
