import type { Effect } from '../change/effects.ts';
import type { Export } from '../change/export.ts';
import type { Notice, NoticeCommand, Place } from '../change/notices.ts';
import type { Instant, PersonId } from '../change/types.ts';
import type { NewOutboxRow, OutboxRow } from '../db/outbox.ts';

/** Any kind's effect: a card is somebody's, or stands in a channel with the history as its thread. */
export type AnyEffect = Effect<{ card: string; to?: PersonId }, { type: string }>;

/** What stands in the outbox: an effect, and the event that set it off. */
export interface Job {
  effect: AnyEffect;
  seq: number;
  /** When the event was, or somebody asked; nothing set off what has none. */
  at?: Instant;
}

/** What a row of the outbox asks for. The rows' payloads are written in this file alone, as jobs. */
export function jobOf({ payload }: Pick<OutboxRow, 'payload'>): Job {
  return payload as Job; // see above
}

/**
 * The outbox rows for a batch of events of one stream that is saved together.
 *
 * Ids are fixed (`stream/seq/n`), so that nothing is added twice. What must be seen in order shares a lane: a
 * thread, one person's messages, the redrawing of cards. A timer waits for nobody.
 * @param seqBefore the number of events before the batch
 * @param effectsOf what each of the events sets off
 */
export function outboxRows(
  stream: string,
  seqBefore: number,
  events: readonly { at: Instant }[],
  effectsOf: readonly AnyEffect[][],
) {
  const last = effectsOf.findLastIndex((list) => list.some((effect) => effect.do === 'redraw'));
  return events.flatMap((event, i) => {
    const seq = seqBefore + i + 1;
    // One redraw serves the whole batch: cards are drawn from the state, not from the event.
    const wanted = (effectsOf[i] ?? []).filter(
      (effect) => (effect.do !== 'redraw' || i === last) && !comesAgain(effect, effectsOf.slice(i + 1)),
    );
    return wanted.map((effect, n) => {
      const id = `${stream}/${seq}/${n}`;
      const payload: Job = { effect, seq, at: event.at };
      const due = effect.do === 'timer' ? effect.at : event.at;
      return {
        id,
        lane: laneOf(effect, stream, id),
        position: seq * 1000 + n,
        kind: effect.do,
        stream,
        payload,
        due,
      };
    });
  });
}

/** A timer that no event has set off: its id is made of what it is for and when, so that it is set once. */
export function plannedTimer(stream: string, at: Instant, intent: { type: string }): NewOutboxRow {
  const id = `plan/${stream}/${at}`;
  const payload: Job = { effect: { do: 'timer', at, intent }, seq: 0 };
  return { id, lane: id, position: 0, kind: 'timer', stream, payload, due: at };
}

/** A command that is to be given as soon as what it is saved with is, each time anew. */
export function soon(stream: string, id: string, intent: { type: string }, at: Instant): NewOutboxRow {
  const payload: Job = { effect: { do: 'timer', at, intent }, seq: 0, at };
  const name = `soon/${stream}/${id}`;
  return { id: name, lane: name, position: 0, kind: 'timer', stream, payload, due: at };
}

/** For so long what has been told of one change is gathered, so that a stage that asks ten is one event. */
const GATHERED_MS = 5 * 60_000;

/**
 * What must go into the record once it is known whether a delivery has reached its reader: a timer with the command
 * for it, to be queued as the delivery is written down, so that neither is without the other.
 * @param row the delivery
 * @param reached where its message stands, or why there is none; nothing where nobody was told
 * @returns none for what needs no record
 */
export function noticeOf(
  row: Pick<OutboxRow, 'id' | 'stream' | 'position' | 'payload'>,
  reached: Place | { failed: string } | undefined,
  now: Instant,
): NewOutboxRow[] {
  const { id, stream, position } = row;
  const { effect, seq: event, at: since = now } = jobOf(row);
  const told = 'told' in effect ? effect.told : undefined;
  const to = readerOf(effect);
  if (!reached || !told || to === undefined) return [];
  // By Slack's own clock: what is found again after a crash was said before.
  const at = 'ts' in reached ? Math.round(Number(reached.ts) * 1000) : now;
  const notices: Notice[] = [{ ...told, to, event, at, ...reached }];
  const due = (Math.floor(now / GATHERED_MS) + 1) * GATHERED_MS;
  const intent: NoticeCommand = { type: 'Notify', notices };
  const timer: Job = { effect: { do: 'timer', at: due, intent }, seq: event, at: since };
  return [
    { id: `${id}/notice`, lane: `${stream}/notices`, position, kind: 'timer', stream, payload: timer, due },
  ];
}

function readerOf(effect: AnyEffect): string | undefined {
  if (effect.do === 'tell') return effect.channel;
  return effect.do === 'note' || effect.do === 'card' ? effect.to : undefined;
}

/** The command of such a timer. */
export function noticesIn({ effect }: Job): NoticeCommand['notices'] | undefined {
  if (effect.do !== 'timer' || effect.intent.type !== 'Notify') return undefined;
  return (effect.intent as NoticeCommand).notices; // written by `noticeOf` alone
}

/** A redraw for a card that shows an older state than there is by now, as its job has found. */
export function redrawAfter(stream: string, job: string, at: Instant): NewOutboxRow {
  const payload: Job = { effect: { do: 'redraw' }, seq: 0, at };
  return {
    id: `${job}/redraw`,
    lane: `${stream}/redraw`,
    position: 0,
    kind: 'redraw',
    stream,
    payload,
    due: at,
  };
}

/** A file that somebody has asked for. `id` is the same where they ask twice in one breath. */
export function askedFile(id: string, stream: string, to: PersonId, file: Export, at: Instant): NewOutboxRow {
  const payload: Job = { effect: { do: 'file', to, file }, seq: 0, at };
  return { id, lane: id, position: 0, kind: 'file', stream, payload, due: at };
}

/** Of timers that would give the same command at the same time, one is enough. */
function comesAgain(effect: AnyEffect, later: readonly AnyEffect[][]): boolean {
  if (effect.do !== 'timer') return false;
  const same = JSON.stringify(effect);
  return later.flat().some((other) => JSON.stringify(other) === same);
}

function laneOf(effect: AnyEffect, stream: string, id: string): string {
  switch (effect.do) {
    case 'card':
      if (effect.calm) return id;
      // A card in a channel has its history as its thread, and has to stand before anything is said there.
      return `${stream}/${effect.to === undefined || /^[CG]/.test(effect.to) ? 'thread' : effect.to}`;
    case 'note':
      // What is held until its person works must not hold up what is not.
      return effect.calm ? id : `${stream}/${effect.to}`;
    case 'tell':
      return `${stream}/${effect.channel}`;
    case 'redraw':
      return `${stream}/redraw`;
    case 'timer':
    case 'command':
    case 'file':
    case 'operator':
      return id;
    default:
      return effect satisfies never;
  }
}
