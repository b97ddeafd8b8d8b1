import { distance } from 'fastest-levenshtein';
import { isTransposed } from '../../change/typo.ts';
import { context, type Drawn, plainly, section, sections } from '../blocks/blocks.ts';
import { cut, escaped } from '../blocks/format.ts';
import { GROUPS, type Word } from '../feature.ts';

/** `/change help`, made from the features there are, in groups. */
export function drawHelp(words: readonly Word[]): Drawn {
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => {
    const lines = words.filter((word) => word.group === group).map(helpLine);
    return lines.length > 0 ? sections([`*${title}*`, ...lines]) : [];
  });
  return {
    text: `What you can do: ${words.map(({ name }) => `/change ${name}`).join(', ')}`,
    blocks: [
      section('*What you can do*'),
      ...groups,
      context(
        'What waits for you comes as a direct message from me; my Home tab shows all of it on one screen.',
      ),
    ],
  };
}

function helpLine({ name, usage, help }: Word): string {
  return `• \`/change ${name}${usage && ` ${usage}`}\`  ${help}`;
}

/** For a word that Docket does not know: the nearest one, and the way to all of them. */
export function drawUnknown(word: string, words: readonly Word[]): Drawn {
  const typed = word.toLowerCase();
  const far = (name: string) => (isTransposed(typed, name) ? 1 : distance(typed, name));
  const [nearest] = ['help', ...words.map(({ name }) => name)].sort((a, b) => far(a) - far(b));
  // Of a short word a slip is one letter; two would make another word of it.
  const close = nearest && far(nearest) <= Math.max(1, Math.round(word.length / 3));
  const guess = close ? ` Did you mean \`${nearest}\`?` : '';
  const unknown = `I do not know \`${escaped(cut(word, 40)).replaceAll('`', '')}\`.${guess}`;
  return plainly(`${unknown} \`/change help\` lists all that I can do.`);
}
