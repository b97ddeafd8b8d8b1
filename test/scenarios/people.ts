import { expect } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import { windTo } from '../slack/carrying-out.ts';
import { type OpenOptions, openDocket } from '../slack/open-docket.ts';
import { recorded } from '../slack/steps.ts';

const NAMES = [
  ...(['dana', 'jonas', 'priya', 'lucia', 'tomas', 'amira', 'henrik', 'wei'] as const),
  ...(['grace', 'klaus', 'maya', 'olga', 'nadia', 'sam'] as const),
];

/** Docket in its small company, with everybody of it by name. */
export async function openCompany(options?: OpenOptions) {
  const { slack, docket } = await openDocket(options);
  // Every name of the list is a key; Object.fromEntries cannot know that.
  const people = Object.fromEntries(NAMES.map((name) => [name, slack.as(name)])) as Record<
    (typeof NAMES)[number],
    Hand
  >;
  return {
    ...{ slack, docket, ...people },
    /** Winds the clock to when the window of a change opens. */
    async windToWindow(number: string) {
      const [filed] = await recorded(docket, number, 'Submitted');
      await windTo(slack, filed?.proposal.startsAt ?? 0);
      await docket.delivery.idle();
    },
  };
}

/** Opens Home and waits until it says all of this. */
export async function seesAtHome(hand: Hand, ...words: string[]): Promise<void> {
  await hand.openHome();
  await hand.eventually(() => saysAll(hand.home().text(), words));
}

/** Waits until a message says all of this, and gives what it then says. */
export function reads(hand: Hand, message: Message, ...words: string[]): Promise<string> {
  return hand.eventually(() => saysAll(hand.read(message), words));
}

function saysAll(text: string, words: readonly string[]): string {
  for (const each of words) expect(text).toContain(each);
  return text;
}
