import { handle } from '../../../src/engine/handle.ts';
import type { Hand } from '../../../src/local-slack/hand.ts';
import type { Fault, Message } from '../../../src/local-slack/protocol.ts';
import { DANA } from '../../change/company.ts';
import { HOUR } from '../../change/proposals.ts';
import { EMERGENCY, START } from '../answers.ts';
import type { Opened } from '../open-docket.ts';
import { filed } from '../steps.ts';
import { type Harm, jobsOf } from './proof.ts';

const REQUESTERS = ['dana', 'grace', 'henrik', 'amira', 'jonas'];
const DECIDERS = ['maya', 'olga', 'klaus', 'jonas', 'wei', 'lucia', 'tomas', 'sam', 'dana', 'grace'];
/** Buttons that say all there is to say, and those that ask for words. */
const PLAIN = ['Approve', 'Start', 'All steps are done', 'Done'];
const WORDY = ['Ask…', 'Return…', 'Reject…', 'Answer…', 'Add a note…'];

interface Stage extends Opened {
  random(): number;
  /** What was done to Slack that Docket cannot make good. */
  harm: Harm;
  /** How many changes with a window there are. */
  filed: number;
}

/** Something that somebody at random does. What Slack or Docket refuses is begun anew another time, as people do. */
export async function actAtRandom(stage: Stage): Promise<void> {
  const { random } = stage;
  const acts: [number, () => Promise<unknown>][] = [
    [2, () => fileOne(stage)],
    [9, () => decide(stage)],
    [2, () => twoAtOnce(stage)],
    [2, () => withdraw(stage)],
    [1, () => wind(stage, random() * 90)],
    [3, () => wind(stage, random() * 3_600)],
    [1, () => wind(stage, random() * 6 * 3_600)],
    [1, async () => deleteOne(stage)],
    [0.1, async () => archiveChannel(stage)],
  ];
  await misdeliver(stage);
  await pickWeighted(acts, random)().catch(() => undefined);
  await stage.docket.delivery.idle();
}

/** What people do reaches Docket twice, too late for a window to be opened, or after what they did next. */
async function misdeliver({ slack, random }: Stage): Promise<void> {
  const chance = random();
  if (chance > 0.4) return;
  const fault: Fault =
    chance < 0.3
      ? { on: 'delivery', what: chance < 0.2 ? 'duplicate' : 'expiredTrigger', times: 1 }
      : { on: 'delivery', what: 'delay', milliseconds: 25, times: 1 };
  await slack.act({ as: DANA, verb: 'fault', fault });
}

/** Somebody deletes one of the messages that Docket has posted; what is drawn anew later finds it gone. */
function deleteOne({ slack, harm, random }: Stage): void {
  const message = pick(
    slack.messages().filter(({ threadTs }) => threadTs === undefined),
    random,
  );
  if (!message) return;
  // With it goes what was said under it.
  const gone = slack
    .messages()
    .filter(
      ({ channel, ts, threadTs }) => channel === message.channel && [ts, threadTs].includes(message.ts),
    );
  for (const job of gone.flatMap(({ metadata }) => jobsOf(metadata))) harm.deleted.add(job);
  slack.deleteMessage(message.channel, message.ts);
}

/** Somebody archives the channel that changes are announced in, as if nobody needed it. */
function archiveChannel({ slack, harm }: Stage): void {
  slack.archive('C02CHANGES2');
  harm.archived = true;
}

export async function fileOne(stage: Stage): Promise<void> {
  const { slack, docket, random } = stage;
  const hand = slack.as(pick(REQUESTERS, random));
  if (random() < 0.2) {
    await closeAll(hand);
    await hand.command('/change new emergency');
    const form = await hand.eventually(() => hand.modal(), 100);
    await form.fill(EMERGENCY);
    await form.submit();
    return;
  }
  const category = pick(['standard', 'normal', 'emergency'] as const, random);
  // Each in a week of its own: a card also says what else is planned in its window, and is not drawn anew for that.
  const startsAt = START + 37 * HOUR + 7 * 24 * HOUR * ++stage.filed;
  const window = category === 'emergency' ? {} : { startsAt, endsAt: startsAt + HOUR };
  await filed(docket, hand.person.id, category, window);
}

async function decide(stage: Stage): Promise<void> {
  const { slack, random } = stage;
  const hand = slack.as(pick(DECIDERS, random));
  const card = pick(pressable(hand), random);
  if (card) await press(hand, card, random);
}

/** Two people press on what they have before them, in the same moment. */
async function twoAtOnce(stage: Stage): Promise<void> {
  const { slack, random } = stage;
  const hands = [slack.as(pick(DECIDERS, random)), slack.as(pick(DECIDERS, random))];
  const chosen = hands.map((hand) => ({ hand, card: pick(pressable(hand), random) }));
  await Promise.all(chosen.map(({ hand, card }) => card && press(hand, card, random).catch(() => undefined)));
}

async function press(hand: Hand, card: Message, random: () => number): Promise<void> {
  const shown = JSON.stringify(card.blocks);
  const there = [...PLAIN, ...WORDY].filter((button) => shown.includes(`"${button}"`));
  const button = pick(there, random);
  if (!button) return;
  await closeAll(hand);
  await hand.press(card, button);
  if (!WORDY.includes(button)) return;
  // In bad weather it may never open.
  const form = await hand.eventually(() => hand.modal(), 100);
  await form.fill({ [form.labels()[0] ?? '']: 'Is the replica warm?' });
  await form.submit();
}

/** By its requester, over the engine: what it sets off is what matters here. */
async function withdraw({ docket, random }: Stage): Promise<void> {
  const { changes } = docket.world.db.t;
  const rows = await docket.world.db.q.select({ state: changes.state }).from(changes).orderBy(changes.n);
  const row = pick(rows, random);
  // Written from changes alone.
  const change = row?.state as { id: string; requester: string } | undefined;
  if (!change || random() < 0.5) return;
  await handle(docket.world, change.id, { type: 'Withdraw' }, change.requester);
}

export function wind({ slack }: Stage, seconds: number): Promise<unknown> {
  return slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + Math.round(seconds * 1000) });
}

async function closeAll(hand: Hand): Promise<void> {
  while (hand.snapshot().modals.length > 0) await hand.modal().close();
}

/** Cards with a button that these tests know. */
function pressable(hand: Hand): Message[] {
  return hand.dms().filter(({ blocks }) => {
    const shown = JSON.stringify(blocks);
    return [...PLAIN, ...WORDY].some((button) => shown.includes(`"${button}"`));
  });
}

function pick<T>(from: readonly T[], random: () => number): T {
  const one = from[Math.floor(random() * from.length)];
  return one as T; // undefined only where there is nothing to pick from
}

function pickWeighted<T>(from: readonly [number, T][], random: () => number): T {
  let left = random() * from.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, one] of from) {
    left -= weight;
    if (left < 0) return one;
  }
  throw new Error('nothing to pick from');
}
