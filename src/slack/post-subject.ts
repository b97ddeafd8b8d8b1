import { loadEdition } from '../db/posts.ts';
import type { World } from '../engine/world.ts';
import { ANNOUNCEMENTS } from '../posts/types.ts';
import { POSTS } from './posts.ts';
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
    personal: async () => undefined,
  };
}
