import { expect } from 'vitest';
import type { Change } from '../../src/change/types.ts';
import { handle } from '../../src/engine/handle.ts';
import { endOfNight } from '../../src/engine/quiet.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import type { Docket } from '../../src/start.ts';
import { DANA } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import { prepares, recordsTests, type Step } from '../change/steps.ts';
import { START } from './open-docket.ts';
import { approves, filed } from './steps.ts';

/** When the window of what `filed` files opens. */
export const WINDOW = START + 37 * HOUR;

/** Winds local Slack's clock on to an instant. */
export const windTo = (slack: LocalSlack, at: number) => slack.act({ as: DANA, verb: 'windTo', at });

/** Winds on to when people are asked again, where it is night. */
export function windToMorning(slack: LocalSlack, { world }: Docket): Promise<unknown> {
  const now = world.clock.now();
  return windTo(slack, endOfNight(world.policy, now) ?? now);
}

/** A step of the rules' tests, taken without a screen: for tests that are about what comes after. */
export async function does(docket: Docket, change: Change, ...steps: Step[]): Promise<Change> {
  let now = change;
  for (const step of steps) {
    const { by, at: _, ...intent } = step(now, 0);
    now = (await handle(docket.world, change.id, intent, by)).change;
  }
  return now;
}

/** A standard change of Dana's, approved, tested and ticked off by who carries it out, its window open. */
export async function ready(slack: LocalSlack, docket: Docket, implementer: string): Promise<Change> {
  const change = await filed(docket, DANA, 'standard', { implementer });
  await approves(slack.as('jonas'));
  await windTo(slack, WINDOW);
  return does(docket, change, ...[recordsTests(implementer), prepares(implementer)]);
}

/** The card from which a change is carried out. */
export function carried(hand: Hand): Promise<Message> {
  const isCard = (dm: Message) =>
    /^(Yours to carry out|You are carrying this out|Done\.)/.test(hand.read(dm));
  return hand.eventually(() => hand.dms().findLast(isCard));
}

/** The card from which it is verified, which comes by day. */
export async function toVerify(
  hand: Hand,
  { slack, docket }: { slack: LocalSlack; docket: Docket },
): Promise<Message> {
  await windToMorning(slack, docket);
  const isCard = (dm: Message) => hand.read(dm).includes('Please check the result');
  return hand.eventually(() => hand.dms().findLast(isCard));
}

/** Presses a button that opens a form, fills it and sends it. */
export async function fills(
  hand: Hand,
  card: Message,
  button: string,
  values: Parameters<ReturnType<Hand['modal']>['fill']>[0],
) {
  expect(await hand.press(card, button)).toEqual({ ok: true });
  const form = await hand.opened(button.replace('…', ''));
  await form.fill(values);
  return { form, sent: await form.submit() };
}

/** Presses Start…, and waits until it is said what stands in the way, without a form. */
export async function cannotStart(hand: Hand, card: Message, why: RegExp): Promise<void> {
  expect(await hand.press(card, 'Start…')).toEqual({ ok: true });
  await hand.eventually(() => hand.ephemerals().some((message) => why.test(hand.read(message))));
  expect(hand.snapshot().modals).toEqual([]);
}

/** Waits until a message says so. */
export function says(hand: Hand, message: Message, words: string): Promise<unknown> {
  return hand.eventually(() => hand.read(message).includes(words));
}
