import type { Period } from '../calendar/period.ts';
import type { Post } from '../engine/posts.ts';
import type { World } from '../engine/world.ts';
import type { Edition, Made } from '../posts/types.ts';
import type { Drawn } from './blocks/blocks.ts';

/** A post as it is seen in Slack. `S`: what it has worked out when it came. */
export interface SlackPost<S = unknown> extends Post {
  make(world: World, period: Period): Promise<(Made & { says?: S }) | undefined>;
  /**
   * Draws it as it is now, for one of those that it goes to. What was worked out is handed back as it was made: only
   * `make` writes it.
   * @param to `ANNOUNCEMENTS`, a channel or a person
   */
  draw(world: World, edition: Edition & { says?: S }, to: string): Promise<Drawn>;
}
