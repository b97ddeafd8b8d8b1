import { isOver } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';

/** What a meeting of the board has to say to whoever carries the change out; it has checked who may say it. */
export function advise(change: Change, { at, advice, person, words }: CommandOf<'Advise'>): ChangeEvent[] {
  if (isOver(change.status) || change.advice?.some(({ id }) => id === advice)) return [];
  return [{ type: 'Advised', by: 'docket', at, advice, person, words }];
}
