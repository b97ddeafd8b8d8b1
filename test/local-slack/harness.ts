import { readFileSync } from 'node:fs';
import { App, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { machineClock, windableClock } from '../../src/clock.ts';
import { TRIXTECH } from '../../src/local-slack/company.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/server.ts';

/** A noon in winter, so that tests read the same every day; it runs like the machine's clock from there. */
export const NOON = Date.UTC(2026, 0, 14, 11, 0, 0);

export const MANIFEST = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');

/** Opens a local Slack for one test. */
export function openSlack(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  const base = machineClock(() => Date.now());
  return startLocalSlack({
    clock: windableClock(base, NOON - base.now()),
    manifest: MANIFEST,
    company: TRIXTECH,
    delivery: { mode: 'socket' },
    ...options,
  });
}

export type Bot = App;

/** A real Bolt app on Socket Mode, connected. `write` gives it its listeners. */
export async function connectBot(slack: LocalSlack, write: (bot: Bot) => void): Promise<Bot> {
  const bot = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  write(bot);
  await bot.start();
  await slack.connected();
  return bot;
}

export const DANA = 'U02DANA0001';
export const CHANGES = 'C02CHANGES2';

/** The error code with which a call was refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    // Bolt's errors of refused calls carry Slack's answer.
    return (error as { data?: { error?: string } }).data?.error ?? String(error);
  }
}

const silent = () => {};

/** A client of the Web API that neither repeats nor prints what is refused. */
export function client(slack: LocalSlack, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: {
      debug: silent,
      info: silent,
      warn: silent,
      error: silent,
      setLevel: silent,
      setName: silent,
      getLevel: () => LogLevel.ERROR,
    },
  });
}
