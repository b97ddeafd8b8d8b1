import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { openDb } from '../../src/db/open.ts';
import { type Bot, startBot, type Wish } from './bot.ts';
import { answering, type Line } from './line.ts';
import { shipped } from './policy.ts';
import { slotClock } from './slot-clock.ts';

// One replica of Docket as a process of its own: the driver gives it the time and people's wishes, and is its Slack.

const { DATABASE_URL = '', DRAW, LOG_LEVEL = 'fatal' } = process.env;
const line: Line = {
  send: (message) => void process.send?.(message),
  listen: (hear) => void process.on('message', hear),
};
const clock = slotClock(0);
const { ask, answer } = answering(line);
const db = await openDb({ url: DATABASE_URL });
let bot: Bot | undefined;
const begun = () => bot ?? Promise.reject(new Error('It has not begun yet.'));
answer({
  async begin(at) {
    clock.set(at as number);
    bot = await startBot({
      ...{ db, policy: shipped(), clock, draws: DRAW === '1', newId: randomUUID },
      log: pino({ level: LOG_LEVEL }, pino.destination(2)),
      call: async (method, args) => (await ask('call', { method, args })) as Record<string, unknown>,
    });
  },
  setTime: async (at) => clock.set(at as number),
  pass: async () => (await begun()).pass(),
  ask: async (wish) => (await begun()).ask(wish as Wish),
  hearDirectory: async () => (await begun()).hearDirectory(),
  stop: async () => (await begun()).stop(),
});
line.send({ loaded: true });
process.on('disconnect', () => process.exit(0));
