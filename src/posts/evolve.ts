import { rightIn } from '../change/holders.ts';
import type { Edition, EditionEvent, EditionEventOf } from './types.ts';

/** What a post for one period is after one more event. */
export function evolveEdition(edition: Edition | undefined, event: EditionEvent, id: string): Edition {
  if (event.type === 'Published' || event.type === 'Skipped') return begun(event, id);
  if (!edition) throw new Error(`${event.type} came before there was ${id}`);
  const next = { ...edition, seq: edition.seq + 1 };
  const attempts = (edition.work?.attempts ?? 0) + 1;
  switch (event.type) {
    case 'WorkDone':
      return { ...next, work: { state: 'done', words: event.words, attempts } };
    case 'WorkFailed':
      return { ...next, work: { state: 'failed', words: event.words, attempts } };
    case 'DutyDone':
      return { ...next, done: { by: event.by, at: event.at, words: event.words, ...rightIn(event) } };
    case 'DutyChased':
      return edition.duty ? { ...next, duty: { ...edition.duty, chasedFor: event.due } } : next;
    default:
      return event satisfies never;
  }
}

function begun(event: EditionEventOf<'Published' | 'Skipped'>, id: string): Edition {
  const { post, period, due, at } = event;
  const edition = { seq: 1, id, post, period, due, at };
  if (event.type === 'Skipped') return { ...edition, to: [], skipped: event.why };
  const { to, says, work, duty } = event;
  return {
    ...{ ...edition, to },
    ...(says !== undefined && { says }),
    ...(work && { work: { state: 'under way', attempts: 0 } }),
    ...(duty && { duty }),
  };
}
