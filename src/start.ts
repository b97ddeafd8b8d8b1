import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Db } from './db/db.ts';
import { openDb } from './db/open.ts';
import { rebuildRows } from './db/rebuild.ts';
import { type Delivery, startDelivery } from './engine/deliver.ts';
import { checkAllWindows } from './engine/freezes.ts';
import { planPosts } from './engine/posts.ts';
import { startSearchable } from './engine/searchable.ts';
import { type Backups, makeWorld, type World } from './engine/world.ts';
import { calendarRoute } from './http/calendar.ts';
import { healthRoutes } from './http/health.ts';
import { makeExporter } from './http/metrics.ts';
import type { Policy } from './policy/schema.ts';
import { makeSlackApp, type SlackOptions } from './slack/app.ts';
import { POSTS } from './slack/posts.ts';

interface StartOptions {
  databaseUrl: string;
  policy: Policy;
  clock: Clock;
  newId(): string;
  log: Logger;
  /** Where others reach the port, without a slash at its end. */
  publicUrl?: string;
  /** For health checks and, where Slack calls by HTTP, for Slack. */
  port: number;
  slack: Omit<SlackOptions, 'routes' | 'port'>;
  backups?: Backups;
}

export interface Docket {
  world: World;
  delivery: Delivery;
  /** Finishes what is under way, then lets go of Slack and the database. */
  stop(): Promise<void>;
}

/**
 * Starts everything, in the order in which one needs the other: database, engine, Slack.
 * @throws {Error} with a sentence when the database or Slack cannot be used; nothing is left running then
 */
export async function startDocket({ databaseUrl, slack, port, ...parts }: StartOptions): Promise<Docket> {
  const db = await openDb({ url: databaseUrl, log: parts.log });
  await bringUpToDate(db, parts.log);
  const world = makeWorld({ ...parts, db, posts: POSTS });
  const exporter = makeExporter(world);
  const routes = [...healthRoutes(world, () => app.isConnected()), calendarRoute(world), exporter.route];
  const app = makeSlackApp(world, { ...slack, port, routes });
  try {
    await app.start();
    await planPosts(world);
  } catch (error) {
    await app.stop().catch(() => {});
    await db.close();
    throw error;
  }
  const delivery = startDelivery(world, app.perform, exporter.delivered);
  // The policy may say otherwise than when they got their places.
  void checkAllWindows(world).catch((error) =>
    parts.log.error({ err: error }, 'could not check what is planned'),
  );
  const searchable = startSearchable(world);
  return {
    world,
    delivery,
    async stop() {
      await app.stop();
      await delivery.stop();
      await searchable.stop();
      await db.close();
    },
  };
}

/** What an earlier version has kept of changes is filled anew from their events before anybody looks at it. */
async function bringUpToDate(db: Db, log: Logger): Promise<void> {
  const rebuilt = await rebuildRows(db);
  if (!rebuilt || rebuilt.changes === 0) return;
  const { changes, broken } = rebuilt;
  log.info({ changes }, 'the rows of all changes were filled anew from their events');
  if (broken.length > 0) log.error({ broken }, 'the record of these changes does not hold: run audit:verify');
}
