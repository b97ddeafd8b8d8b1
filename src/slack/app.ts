import { App, type CustomRoute, LogLevel } from '@slack/bolt';
import type { Perform } from '../engine/deliver.ts';
import type { World } from '../engine/world.ts';
import type { Feature, MakeFeature } from './feature.ts';
import { actions } from './features/actions.ts';
import { approvals } from './features/approvals.ts';
import { byWord } from './features/by-word.ts';
import { cab } from './features/cab.ts';
import { calendar } from './features/calendar.ts';
import { catalogue } from './features/catalogue.ts';
import { changeForm } from './features/change-form.ts';
import { delegate } from './features/delegate.ts';
import { desk } from './features/desk.ts';
import { drafts } from './features/drafts.ts';
import { editChange } from './features/edit-change.ts';
import { evidence } from './features/evidence.ts';
import { exportChanges } from './features/export.ts';
import { feedback } from './features/feedback.ts';
import { freeze } from './features/freeze.ts';
import { home } from './features/home.ts';
import { implement } from './features/implement.ts';
import { listChanges } from './features/list-changes.ts';
import { manage } from './features/manage.ts';
import { newChange } from './features/new-change.ts';
import { report } from './features/report.ts';
import { review } from './features/review.ts';
import { scheduleChange } from './features/schedule-change.ts';
import { search } from './features/search.ts';
import { setup } from './features/setup.ts';
import { showChange } from './features/show-change.ts';
import { upkeepDone } from './features/upkeep.ts';
import { verify } from './features/verify.ts';
import { vote } from './features/vote.ts';
import { withdrawChange } from './features/withdraw-change.ts';
import { listenToWords } from './speak.ts';
import { followDirectory, keepDirectory } from './wire/directory.ts';
import { makeListen } from './wire/listen-bolt.ts';
import { boltLogger } from './wire/logger.ts';
import { makePace, makePostingPace } from './wire/pace.ts';
import { makePerform } from './wire/perform.ts';
import { type How, makeReceiver } from './wire/receiver.ts';
import { startError } from './wire/start-error.ts';

/** Everything people can do. Help is made from this list, in this order. */
const FEATURES: readonly MakeFeature[] = [
  newChange,
  changeForm,
  catalogue,
  drafts,
  showChange,
  listChanges,
  calendar,
  search,
  exportChanges,
  evidence,
  editChange,
  withdrawChange,
  approvals,
  review,
  vote,
  cab,
  byWord,
  manage,
  desk,
  scheduleChange,
  freeze,
  implement,
  verify,
  actions,
  upkeepDone,
  feedback,
  report,
  delegate,
  setup,
  home,
];

export interface SlackOptions {
  botToken: string;
  how: How;
  /** Slack's Web API, or what stands in for it; with a slash at its end. */
  apiUrl?: string;
  /** Milliseconds between two new messages in one channel; nobody counts when absent. */
  postEvery?: number;
  port: number;
  /** What machines call, served beside Slack's own on one port. */
  routes: CustomRoute[];
}

interface SlackApp {
  /** Connects, and reads who is there. */
  start(): Promise<void>;
  perform: Perform;
  isConnected(): boolean;
  /** Takes nothing new, and waits until what was taken is finished. */
  stop(): Promise<void>;
}

/** All that people can say and press. */
export const featuresOf = (world: World): Feature[] => FEATURES.map((make) => make(world));

/** No retries in the client: it repeats calls whose answer was lost. The outbox knows better. */
const CLIENT = { retryConfig: { retries: 0 }, timeout: 5_000, rejectRateLimitedCalls: true };

export function makeSlackApp(
  world: World,
  { botToken, how, apiUrl, postEvery = 0, port, routes }: SlackOptions,
): SlackApp {
  const logger = boltLogger(world.log);
  const clientOptions = { ...CLIENT, ...(apiUrl && { slackApiUrl: apiUrl }) };
  const { receiver, isConnected } = makeReceiver({
    ...{ how, logger, routes },
    ...(apiUrl && { apiUrl }),
  });
  const app = new App({
    token: botToken,
    receiver,
    logger,
    clientOptions,
    convoStore: false,
    logLevel: LogLevel.INFO,
    // Else Bolt asks Slack who it is as it is made, where nobody can hear that it failed.
    deferInitialization: true,
  });
  const listen = makeListen(app, world);
  const features = featuresOf(world);
  for (const feature of features) feature.listen?.(listen);
  const words = features.flatMap((feature) => feature.words ?? []);
  listenToWords(world, listen, words);
  const directory = keepDirectory(world, app.client);
  followDirectory(app, world, directory);
  let started = false;
  return {
    isConnected: () => started && isConnected(),
    perform: makePerform(
      world,
      app.client,
      makePostingPace(world, postEvery),
      makePace(world.clock, postEvery),
    ),
    async start() {
      try {
        await app.init();
        await app.start(port);
      } catch (error) {
        throw startError(error);
      }
      started = true;
      await directory.read();
    },
    async stop() {
      await listen.drained(); // an answer that is owed goes out while Slack is still connected
      started = false;
      await directory.stop();
      await app.stop();
      await listen.drained();
    },
  };
}
