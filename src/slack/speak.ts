import { mayTake } from '../change/allowed.ts';
import { changeByNumber } from '../db/changes.ts';
import { loadFacts } from '../engine/facts.ts';
import type { World } from '../engine/world.ts';
import { buttons, type Drawn, section } from './blocks/blocks.ts';
import { cut } from './blocks/format.ts';
import { drawToDecide } from './change/ask-card.ts';
import { looksGood } from './change/looks-good.ts';
import type { Word } from './feature.ts';
import { drawHelp, drawUnknown } from './features/help.ts';
import type { Caller, Heard, Listen, Spoken } from './listen.ts';

/** A button that says something for the person who presses it, as if they had typed it. */
export const SAY = 'say';
const LONGEST_VALUE = 2000;

/** Hears what people say to Docket: after `/change`, with its name, in its direct messages, or by a button. */
export function listenToWords(world: World, listen: Listen, known: readonly Word[]): void {
  listen.command((caller) => speak(known, caller));
  listen.button(SAY, (pressed) => speak(known, { ...pressed, words: String(pressed.value) }));
  listen.message((heard) => {
    if (!looksGood(heard.words)) return heard.meant ? speak(known, heard) : Promise.resolve();
    if (!heard.meant) return offer(world, heard);
    return speak(known, { ...heard, words: heard.here ? 'approve' : 'approvals' });
  });
}

/** Whatever is said goes to the feature of its first word; what nobody knows gets the nearest one. */
function speak(known: readonly Word[], caller: Spoken | Heard): Promise<void> {
  const [first = 'help', ...rest] = caller.words.trim().split(/\s+/).filter(Boolean);
  // A number alone is a change that somebody wants to see.
  if (namesOne(first)) return speak(known, { ...caller, words: `show ${first}` });
  const name = first.toLowerCase();
  if (name === 'help') return caller.reply(drawHelp(known));
  const word = known.find((each) => each.name === name);
  if (!word) return caller.reply(drawUnknown(first, known));
  const words = aboutHere(word, rest.join(' '), caller.here);
  if ('open' in caller) return word.run({ ...caller, words });
  return word.run({ ...caller, words, open: opener(caller, `${name} ${words}`.trim()), offers: true });
}

/** A message gives no right to open a modal, a click does: so it is answered with a button that says the same. */
function opener({ reply }: Heard, words: string): Caller['open'] {
  return ({ title: { text: title } }) => reply(drawOpener(title, words));
}

function drawOpener(title: string, words: string): Drawn {
  const text = `Slack lets me open a window only after a click. Here it is: ${title}.`;
  const open = {
    label: `${title}…`,
    action: SAY,
    value: cut(words, LONGEST_VALUE),
    style: 'primary',
  } as const;
  return { text, blocks: [section(text), ...buttons([open])] };
}

/** What follows a word, with the change of the thread where one has to be named and none is. */
function aboutHere({ aboutChange, endsWithChange }: Word, words: string, here: string | undefined): string {
  if (here && endsWithChange?.test(words)) return `${words} ${here}`;
  return aboutChange && here && !namesOne(words) ? `${here} ${words}`.trim() : words;
}

/** A bare number names a change only where it stands alone: it may as well begin a reason. */
function namesOne(words: string): boolean {
  return /^(?:[a-z]+-)?\d{4}-\d{1,6}(?:\s|$)|^\d{1,6}$/i.test(words);
}

/**
 * "Looks good" in a change's thread decides nothing: a decision is one click on what was shown. Whoever could decide
 * now is offered that click, and nobody else hears of it.
 */
async function offer(world: World, { here = '', by, reply }: Heard): Promise<void> {
  const change = await changeByNumber(world.db, here);
  if (!change) return;
  const facts = await loadFacts(world);
  const now = world.clock.now();
  if (!mayTake('approve', change, by, facts, now)) return;
  const lead =
    'Words in a thread decide nothing here. If you mean it as your decision, these buttons make it one:';
  await reply(drawToDecide(change, facts, by, now, lead));
}
