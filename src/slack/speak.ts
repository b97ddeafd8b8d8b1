import type { Word } from './feature.ts';
import { drawHelp, drawUnknown } from './features/help.ts';
import type { Spoken } from './listen.ts';

/** Whatever people say to Docket goes to the feature of its first word; what nobody knows gets the nearest one, and help. */
export function speak(known: readonly Word[], caller: Spoken): Promise<void> {
  const [first = 'help', ...rest] = caller.words.trim().split(/\s+/).filter(Boolean);
  const name = first.toLowerCase();
  if (name === 'help') return caller.reply(drawHelp(known));
  const word = known.find((each) => each.name === name);
  if (!word) return caller.reply(drawUnknown(first, known));
  return word.run({ ...caller, words: aboutHere(word, rest.join(' '), caller.here) });
}

/** What follows a word, with the change of the thread where one has to be named and none is. */
function aboutHere({ aboutChange }: Word, words: string, here: string | undefined): string {
  return aboutChange && here && !namesOne(words) ? `${here} ${words}`.trim() : words;
}

/** A bare number names a change only where it stands alone: it may as well begin a reason. */
function namesOne(words: string): boolean {
  return /^(?:[a-z]+-)?\d{4}-\d{1,6}(?:\s|$)|^\d{1,6}$/i.test(words);
}
