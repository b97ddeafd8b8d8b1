import type { DeclaredFreeze, FreezeEvent } from './types.ts';

/** What a freeze is after one more event. @throws when it cannot follow what came before: the record is broken */
export function evolveFreeze(
  freeze: DeclaredFreeze | undefined,
  event: FreezeEvent,
  id: string,
): DeclaredFreeze {
  if (event.type === 'FreezeDeclared') {
    if (freeze) throw new Error(`${id} was declared twice`);
    const { type: _, by, at, role: __, for: ___, ...declared } = event;
    return { id, seq: 1, ...declared, declaredBy: by, declaredAt: at };
  }
  if (!freeze) throw new Error(`${event.type} before FreezeDeclared in ${id}`);
  if (event.type === 'FreezeAltered') {
    const { type: _, by, at, before: __, role: ___, for: ____, ...now } = event;
    return { ...freeze, ...now, seq: freeze.seq + 1, altered: { by, at } };
  }
  const { by, at, words, until } = event;
  // One that had not begun is over before it begins.
  return { ...freeze, seq: freeze.seq + 1, endsAt: at, ended: { by, at, words, until } };
}
