import { setTimeout as pause } from 'node:timers/promises';
import { load } from 'js-yaml';
import * as z from 'zod';
import { type Check, ill, well } from '../../check.ts';
import { readSetting } from '../../db/settings.ts';
import type { World } from '../../engine/world.ts';
import { featuresOf } from '../app.ts';
import { ADVICE } from '../wire/start-error.ts';
import { drawnNow } from './said-words.ts';
import { type Drawing, sampleDrawings } from './sample-drawings.ts';

export interface SlackAccess {
  botToken: string;
  how: { appToken: string } | { signingSecret: string };
  apiUrl?: string;
}

const answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** What Slack answers to one call, and what its headers say. */
interface Answer {
  body: z.infer<typeof answer>;
  headers: Headers;
}
type Ask = (
  method: string,
  args?: Record<string, unknown>,
  token?: string,
  tried?: number,
) => Promise<Answer>;

/** Slack refuses signatures that are five minutes off; long before, deadlines are wrong. */
const MOST_SKEW_MS = 5_000;
const REFUSED = 'The answer of Slack was: ';

/**
 * Whether Slack knows Docket, lets it do what it needs to, and would take everything that it draws. Writes nothing.
 * @param manifest the text of manifest.yml, which says what scopes are needed
 */
export async function checkSlack(world: World, access: SlackAccess, manifest: string): Promise<Check[]> {
  try {
    return await checksOf(world, access, manifest);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return [
      ill(`Slack cannot be reached: ${error.message}`, 'Check the network, a proxy, and SLACK_API_URL'),
    ];
  }
}

async function checksOf(world: World, access: SlackAccess, manifest: string): Promise<Check[]> {
  const ask = asker(access);
  const hello = await ask('auth.test');
  if (!hello.body.ok) return [refused('Slack does not take SLACK_BOT_TOKEN', hello)];
  const { team, user } = hello.body;
  const words = featuresOf(world).flatMap((feature) => feature.words ?? []);
  return [
    well(`Slack knows the bot token: ${user} in ${team}`),
    await checkConnection(ask, access),
    checkScopes(hello.headers.get('x-oauth-scopes') ?? '', manifest),
    checkClock(hello.headers.get('date'), world.clock.now()),
    ...(await checkChannels(world, ask)),
    await checkDrawings(ask, [
      ...sampleDrawings(world.policy, words, world.clock.now()),
      ...(await drawnNow(world, words)),
    ]),
  ];
}

class Unreachable extends Error {}

/** Hundreds of times it asks: one of them may go astray. It only reads, so it asks that again. */
const TRIES = 3;

/** The Web API by nothing but a form and a token, because Slack's own client hides the headers. */
function asker({ botToken, apiUrl = 'https://slack.com/api/' }: SlackAccess): Ask {
  return async function ask(method, args = {}, token = botToken, tried = 0): Promise<Answer> {
    const form = Object.entries(args).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    try {
      const response = await fetch(new URL(method, apiUrl), {
        ...{ method: 'POST', body: new URLSearchParams(form), headers: { authorization: `Bearer ${token}` } },
        signal: AbortSignal.timeout(10_000),
      });
      if (response.status !== 429)
        return { body: answer.parse(await response.json()), headers: response.headers };
      await pause(1000 * Number(response.headers.get('retry-after') ?? 1));
    } catch (error) {
      if (tried + 1 === TRIES) throw new Unreachable(causeOf(error), { cause: error });
      await pause(1000 * tried);
      return ask(method, args, token, tried + 1);
    }
    return ask(method, args, token, tried);
  };
}

function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
}

function refused(what: string, { body }: Answer): Check {
  const code = body.error ?? 'no reason';
  return ill(`${what}: ${code}`, ADVICE[code] ?? `${REFUSED}${code}`);
}

/** Whether Slack reaches Docket: for signed HTTP that cannot be asked from here. */
async function checkConnection(ask: Ask, { how }: SlackAccess): Promise<Check> {
  if (!('appToken' in how))
    return well("SLACK_SIGNING_SECRET is set; Slack's settings must point to /slack/events of this machine");
  const opened = await ask('apps.connections.open', {}, how.appToken);
  if (opened.body.error === 'forbidden_team')
    return ill(
      'Socket Mode is switched off for the app',
      "Switch it on under Socket Mode in the app's settings",
    );
  return opened.body.ok ? well('Socket Mode works') : refused('Slack does not take SLACK_APP_TOKEN', opened);
}

function checkScopes(provided: string, manifest: string): Check {
  const { oauth_config: app } = z
    .object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
    .parse(load(manifest));
  const has = provided.split(',').map((scope) => scope.trim());
  const missing = app.scopes.bot.filter((scope) => !has.includes(scope));
  return missing.length === 0
    ? well(`All ${app.scopes.bot.length} scopes of manifest.yml are granted`)
    : ill(
        `The app lacks the scope ${missing.join(', ')}`,
        'Add it under OAuth & Permissions, or update the app from manifest.yml; then install it again',
      );
}

/** The header is in whole seconds. */
function checkClock(header: string | null, now: number): Check {
  const theirs = Date.parse(header ?? '');
  if (Number.isNaN(theirs)) return ill('Slack did not say what time it is', 'Compare the clock by hand');
  const skew = Math.round(Math.abs(now - theirs) / 1000);
  return Math.abs(now - theirs) <= MOST_SKEW_MS
    ? well("The clock agrees with Slack's")
    : ill(
        `The clock is ${skew} s off Slack's`,
        'Let the machine keep time by NTP (timedatectl set-ntp true)',
      );
}

const channel = z.object({
  id: z.string(),
  name: z.string(),
  is_member: z.boolean().default(false),
  is_archived: z.boolean().default(false),
});

/** Where changes are announced, and where the board meets if that is elsewhere. */
async function checkChannels(world: World, ask: Ask): Promise<Check[]> {
  const [announceIn, board] = [
    await readSetting(world.db, 'announceIn'),
    await readSetting(world.db, 'board'),
  ];
  const name = world.policy.announceIn;
  const announcements = announceIn ? await channelById(ask, announceIn) : await channelByName(ask, name);
  const nowhere = announceIn
    ? ill('The channel for announcements is gone', 'Choose another with /change setup')
    : ill(
        `There is no channel #${name}`,
        'Make it and /invite @Docket, or choose another with /change setup',
      );
  const found = [announcements ? checkChannel(announcements) : nowhere];
  if (!board || board === announcements?.id) return found;
  const meets = await channelById(ask, board);
  const gone = ill('The channel that the board meets in is gone', 'Choose another with /change setup');
  return [...found, meets ? checkChannel(meets) : gone];
}

function checkChannel(found: z.infer<typeof channel>): Check {
  if (found.is_archived) return ill(`#${found.name} is archived`, 'Choose another with /change setup');
  return found.is_member
    ? well(`Docket is in #${found.name}`)
    : ill(`Docket is not in #${found.name}`, `In #${found.name}, type /invite @Docket`);
}

async function channelById(ask: Ask, id: string) {
  const { body } = await ask('conversations.info', { channel: id });
  return body.ok ? channel.parse(body.channel) : undefined;
}

async function channelByName(ask: Ask, name: string) {
  let cursor = '';
  do {
    const { body } = await ask('conversations.list', { types: 'public_channel', limit: '1000', cursor });
    const page = z
      .object({
        channels: z.array(channel).default([]),
        response_metadata: z.object({ next_cursor: z.string().default('') }).prefault({}),
      })
      .parse(body);
    const found = page.channels.find((one) => one.name === name && !one.is_archived);
    if (found) return found;
    cursor = page.response_metadata.next_cursor;
  } while (cursor);
  return undefined;
}

/** Asks Slack itself about each message and window that is drawn under this policy; the first that it refuses is named. */
async function checkDrawings(ask: Ask, drawings: readonly Drawing[]): Promise<Check> {
  const asked = new Set<string>();
  for (const { name, shown } of drawings) {
    const key = JSON.stringify(shown);
    if (asked.has(key)) continue;
    asked.add(key);
    const { body } = await ask('blocks.validate', 'type' in shown ? { view: shown } : { message: shown });
    if (body.ok) continue;
    const why = JSON.stringify(body.errors ?? body.error).slice(0, 300);
    return ill(
      `Slack would not take "${name}": ${why}`,
      'Shorten the words of the policy there; else report a bug',
    );
  }
  return well(`Slack takes all ${asked.size} messages and windows that this policy makes`);
}
