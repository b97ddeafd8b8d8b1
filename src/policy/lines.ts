import { EVENT_ID, getScalarValue, parseEvents } from 'js-yaml';

/**
 * On which line of a YAML text the value at a path stands, from 1; where nothing does, the nearest thing above it that
 * is written down.
 * @param text YAML that can be read
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const places = placesIn(text);
  for (let length = path.length; length > 0; length--) {
    const place = places.get(asKey(path.slice(0, length)));
    if (place !== undefined) return text.slice(0, place).split('\n').length;
  }
  return 1;
}

const asKey = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

/** Where each value of a document begins, by its path. */
function placesIn(text: string): Map<string, number> {
  const events = parseEvents(text, {});
  const places = new Map<string, number>();
  let next = 0;
  const pop = () => events[next]?.type === EVENT_ID.POP;

  /** Reads one value with all that is in it. @returns its text, where it is a word and not a list or a mapping */
  function read(path: readonly PropertyKey[]): string | undefined {
    const event = events[next++];
    switch (event?.type) {
      case EVENT_ID.MAPPING:
        places.set(asKey(path), event.start);
        while (!pop()) read([...path, read([]) ?? '']);
        next++;
        return undefined;
      case EVENT_ID.SEQUENCE:
        places.set(asKey(path), event.start);
        for (let n = 0; !pop(); n++) read([...path, n]);
        next++;
        return undefined;
      case EVENT_ID.SCALAR:
        if (event.valueStart >= 0) places.set(asKey(path), event.valueStart);
        return getScalarValue(text, event);
      case EVENT_ID.ALIAS:
        places.set(asKey(path), event.anchorStart);
        return undefined;
      default:
        return undefined;
    }
  }

  next++; // the document
  read([]);
  return places;
}
