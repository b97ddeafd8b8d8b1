import { type Period, type PeriodKind, periodName } from '../../calendar/period.ts';
import { DAY } from '../../calendar/zone.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import type { PostId } from '../../policy/posts.ts';
import { ownersNow } from '../../posts/decide.ts';
import { ANNOUNCEMENTS, type Made } from '../../posts/types.ts';
import { section, sections } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { dutyBlocks } from '../duty-blocks.ts';
import type { SlackPost } from '../post.ts';

interface Upkeep {
  id: PostId;
  every: PeriodKind;
  about: 'this' | 'last';
  /** "Review of the change process": what it is called, before its period. */
  title: string;
  /** What is to be done, a line each. */
  ask: readonly string[];
  /** What helps whoever does it, worked out when it comes. */
  facts?(world: World, period: Period): Promise<string[]>;
  /** Whether everybody hears of it in #changes, besides those who owe it. */
  announced?: boolean;
}

/** What keeps the process itself in order (guide, "Update Procedures"): asked of its owners, and recorded when done. */
export function upkeep({ id, every, about, title, ask, facts, announced }: Upkeep): SlackPost<string[]> {
  return {
    ...{ id, every, about },
    async make(world, period) {
      const { owners, people } = await ownersOf(world, id);
      const says = (await facts?.(world, period)) ?? [];
      return {
        ...{ to: [...(announced ? [ANNOUNCEMENTS] : []), ...people], says },
        duty: {
          owners,
          deadline: world.clock.now() + (world.policy.posts[id]?.doneWithinDays ?? 14) * DAY,
        },
      };
    },
    async draw(_, edition) {
      const { period, says = [] } = edition;
      const lead = `${title}, ${periodName(period.key)}`;
      return {
        text: lead,
        blocks: fitMessage([
          section(`🧭 *${lead}*\n${ask.map((line) => `• ${line}`).join('\n')}`),
          ...sections(says),
          ...dutyBlocks(edition, lead),
        ]),
      };
    },
    title: ({ period }) => `${title}, ${periodName(period.key)}`,
  };
}

/** The roles that owe a post, and who is in them now. */
async function ownersOf(
  world: World,
  id: PostId,
): Promise<{ owners: NonNullable<Made['duty']>['owners']; people: string[] }> {
  const facts = await loadFacts(world);
  const owners = world.policy.posts[id]?.owners ?? [world.policy.overseer];
  return { owners, people: ownersNow(owners, facts) };
}
