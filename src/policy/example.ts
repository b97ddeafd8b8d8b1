import { closest } from 'fastest-levenshtein';
import { dump, load } from 'js-yaml';

/** As much as fits beside a complaint. */
const LONGEST = 100;

/**
 * How a policy that works says it: the value at the place of a complaint, or the word that was perhaps meant.
 * @param shipped YAML of the policy that Docket ships with
 * @param path of the wrong value, or of a word that is not known there
 */
export function exampleOf(shipped: string, path: readonly PropertyKey[], unknown: boolean): string {
  const policy = shipped ? load(shipped) : {};
  if (!unknown) return at(path) ?? '';
  const around = valueAt(policy, path.slice(0, -1));
  const words = isObject(around) && !Array.isArray(around) ? Object.keys(around) : [];
  const word = words.length > 0 ? closest(String(path.at(-1)), words) : undefined;
  return word ? `did you mean ${word}?` : '';

  /** The value there; of a place inside a list that is shorter, the whole list. */
  function at(place: readonly PropertyKey[]): string | undefined {
    const value = valueAt(policy, place);
    if (value === undefined)
      return place.length > 1 && typeof place.at(-1) === 'number' ? at(place.slice(0, -1)) : undefined;
    const text = dump(value, { flowLevel: 0, lineWidth: -1, flowBracketPadding: true, noRefs: true }).trim();
    const name = place.findLast((key) => typeof key === 'string');
    return text.length <= LONGEST ? `for example ${String(name)}: ${text}` : undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (isObject(inside) && Object.hasOwn(inside, key) ? Reflect.get(inside, key) : undefined),
    value,
  );
}
