import type { Logger } from 'pino';
import type { MeetingIntent } from '../../src/board/types.ts';
import { Refusal } from '../../src/change/refusal.ts';
import type { Intent } from '../../src/change/types.ts';
import type { Db } from '../../src/db/db.ts';
import { handleMeeting, MEETING } from '../../src/engine/board.ts';
import { startDelivery } from '../../src/engine/deliver.ts';
import { checkAllWindows } from '../../src/engine/freezes.ts';
import { handle } from '../../src/engine/handle.ts';
import { handleEdition, POST, planPosts } from '../../src/engine/posts.ts';
import { handleWorkspace, WORKSPACE } from '../../src/engine/setup.ts';
import { makeWorld } from '../../src/engine/world.ts';
import type { Policy } from '../../src/policy/schema.ts';
import type { EditionIntent } from '../../src/posts/types.ts';
import type { SlackPost } from '../../src/slack/post.ts';
import { POSTS } from '../../src/slack/posts.ts';
import { keepDirectory } from '../../src/slack/wire/directory.ts';
import { makePace } from '../../src/slack/wire/pace.ts';
import { makePerform } from '../../src/slack/wire/perform.ts';
import type { WorkspaceIntent } from '../../src/workspace/types.ts';
import { type Call, clientOf } from './pretend-slack.ts';
import type { SlotClock } from './slot-clock.ts';
import { withoutDrawing } from './without-drawing.ts';

/** What somebody wants of Docket, by a click or a form. */
export interface Wish {
  stream: string;
  intent: Intent | WorkspaceIntent | MeetingIntent | EditionIntent;
  by: string;
}

/** How Docket answered: done, or refused in words. */
export type Answer = { done: true } | { refused: string; code: string };

/** Docket, as the driver of a simulation sees it: one process or several. */
export interface Bot {
  ask(wish: Wish): Promise<Answer>;
  /** Somebody has come or gone: Slack says so. */
  hearDirectory(): Promise<void>;
  /** It is this late now. */
  setTime(at: number): Promise<void>;
  /** Carries out all that is due at this instant. @returns when there is something to do next */
  pass(): Promise<number | undefined>;
  stop(): Promise<void>;
}

export interface BotParts {
  db: Db;
  policy: Policy;
  clock: SlotClock;
  call: Call;
  log: Logger;
  newId(): string;
  /** Whether every card is drawn as Slack would show it. */
  draws: boolean;
}

/** Docket as it runs, but for the clock, Slack, and the copying of the file at night. */
export async function startBot({ call, clock, draws, ...parts }: BotParts): Promise<Bot> {
  const world = makeWorld({ ...parts, clock, posts: POSTS.map(withoutCopying) });
  const client = clientOf(call);
  const directory = keepDirectory(world, client);
  await directory.read();
  await planPosts(world);
  const perform = makePerform(world, client, makePace(clock, 0));
  const delivery = startDelivery(world, draws ? perform : withoutDrawing(world, client, perform));
  await checkAllWindows(world);
  await delivery.idle();
  return {
    async ask({ stream, intent, by }) {
      try {
        if (stream === WORKSPACE) await handleWorkspace(world, intent as WorkspaceIntent, by);
        else if (stream.startsWith(MEETING)) await handleMeeting(world, stream, intent as MeetingIntent, by);
        else if (stream.startsWith(POST)) await handleEdition(world, stream, intent as EditionIntent, by);
        else await handle(world, stream, intent as Intent, by);
        return { done: true };
      } catch (error) {
        if (error instanceof Refusal) return { refused: error.sentence, code: error.code };
        throw error;
      }
    },
    hearDirectory: () => directory.read(),
    setTime: async (at) => clock.set(at),
    async pass() {
      clock.ring();
      world.wake();
      await delivery.idle();
      return clock.next();
    },
    async stop() {
      await delivery.stop();
      await directory.stop();
    },
  };
}

/** Three hundred copies of a growing file would take longer than all else; that it is its time is what is tried here. */
function withoutCopying(post: SlackPost): SlackPost {
  if (post.id !== 'backup') return post;
  return { ...post, when: async ({ policy }) => policy.posts.backup, work: async () => 'Copied.' };
}
