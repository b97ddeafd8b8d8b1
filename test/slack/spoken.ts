import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';

/** Does something, and waits for what only this person is then told with these words in it. */
export async function answered(hand: Hand, act: () => Promise<unknown>, words: string): Promise<Message> {
  const before = new Set(hand.ephemerals().map(({ ts }) => ts));
  await act();
  return hand.eventually(() =>
    hand.ephemerals().find((one) => !before.has(one.ts) && hand.read(one).includes(words)),
  );
}

/** What somebody is told after having written this in the thread of a message of #changes. */
export function answeredInThread(hand: Hand, top: Message, text: string, words: string): Promise<Message> {
  return answered(hand, () => hand.say(text, { in: 'changes', thread: top }), words);
}
