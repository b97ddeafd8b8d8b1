import { closest } from 'fastest-levenshtein';
import { isMap, isNode, parseDocument, stringify } from 'yaml';

/** As much as fits beside a complaint. */
const LONGEST = 100;

/**
 * How a policy that works says it: the value at the place of a complaint, or the word that was perhaps meant.
 * @param shipped YAML of the policy that Docket ships with
 * @param path of the wrong value, or of a word that is not known there
 */
export function exampleOf(shipped: string, path: readonly PropertyKey[], unknown: boolean): string {
  const document = parseDocument(shipped);
  if (!unknown) return at(path) ?? '';
  const around = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const words = isMap(around) ? around.items.map(({ key }) => String(key)) : [];
  const word = words.length > 0 ? closest(String(path.at(-1)), words) : undefined;
  return word ? `did you mean ${word}?` : '';

  /** The value there; of a place inside a list that is shorter, the whole list. */
  function at(place: readonly PropertyKey[]): string | undefined {
    const node = document.getIn(place, true);
    if (!isNode(node))
      return place.length > 1 && typeof place.at(-1) === 'number' ? at(place.slice(0, -1)) : undefined;
    const text = stringify(node.toJS(document), { collectionStyle: 'flow', lineWidth: 0 }).trim();
    const name = place.findLast((key) => typeof key === 'string');
    return text.length <= LONGEST ? `for example ${String(name)}: ${text}` : undefined;
  }
}
