import { distance } from 'fastest-levenshtein';
import { context, type Drawn, section, sections } from '../blocks.ts';
import type { Word } from '../feature.ts';
import { cut, escaped } from '../format.ts';

/** `/change help`, made from the features there are. */
export function drawHelp(words: readonly Word[]): Drawn {
  const lines = words.map(({ name, usage, help }) => `• \`/change ${name}${usage && ` ${usage}`}\`  ${help}`);
  return {
    text: `What you can do: ${words.map(({ name }) => `/change ${name}`).join(', ')}`,
    blocks: [
      ...sections(['*What you can do*', ...lines]),
      context(
        'What waits for you comes as a direct message from me; my Home tab shows all of it on one screen.',
      ),
    ],
  };
}

/** For a word that Docket does not know: the nearest one, and help. */
export function drawUnknown(word: string, words: readonly Word[]): Drawn {
  const nearest = words.toSorted((a, b) => distance(word, a.name) - distance(word, b.name))[0];
  const close = nearest && distance(word, nearest.name) <= Math.max(2, Math.floor(nearest.name.length / 3));
  const guess = close ? ` Did you mean \`/change ${nearest.name}\`?` : '';
  const sentence = `I do not know \`${escaped(cut(word, 40)).replaceAll('`', '')}\`.${guess}`;
  const { blocks } = drawHelp(words);
  return { text: sentence, blocks: [section(sentence), ...blocks] };
}
