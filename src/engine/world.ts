import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/db.ts';
import type { Policy } from '../policy/schema.ts';
import { type Arriving, makeArriving } from './arriving.ts';
import { inTurn } from './in-turn.ts';
import { makePeopleFirst, type PeopleFirst } from './people-first.ts';
import type { Post } from './posts.ts';

/** What Docket depends on, made once in `start.ts` and handed down. */
interface Parts {
  db: Db;
  policy: Policy;
  clock: Clock;
  /** A new opaque id. */
  newId(): string;
  log: Logger;
  /** Where others reach Docket's own addresses, without a slash at its end; absent where nobody has said so. */
  publicUrl?: string;
  /** What comes by the calendar. */
  posts?: readonly Post[];
  /** Where the nightly backup goes; none is made without it. */
  backups?: Backups;
}

/** Copies of the database beside each other, one for each night. */
export interface Backups {
  folder: string;
  /** For how many days each is kept. */
  keepDays: number;
}

export interface World extends Parts {
  posts: readonly Post[];
  /**
   * Submissions in turn: each needs the next number, so deciding two at once would only make the slower decide
   * again. Between replicas the number's unique key does the same.
   */
  submitInTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Those who were too slow once, in turn, so that of many who want the same each comes through. */
  againInTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** What concerns one draft, in turn: else a keystroke that was slow could undo a submission. */
  draftInTurn: <T>(id: string, work: () => Promise<T>) => Promise<T>;
  /** What is learnt of people and groups, in turn: of two who have left and come back the second counts. */
  directoryInTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whatever is delivered has its effect once. */
  arriving: Arriving;
  /** What Docket does by itself waits for those who wait for an answer. */
  peopleFirst: PeopleFirst;
  /** Tells the delivery that there may be something to do. */
  wake(): void;
  onWake(listener: () => void): void;
}

export function makeWorld(parts: Parts): World {
  const turns = inTurn();
  const listeners: (() => void)[] = [];
  return {
    ...parts,
    arriving: makeArriving(),
    peopleFirst: makePeopleFirst(),
    posts: parts.posts ?? [],
    submitInTurn: (work) => turns('submission', work),
    againInTurn: (work) => turns('again', work),
    directoryInTurn: (work) => turns('directory', work),
    draftInTurn: (id, work) => turns(`draft ${id}`, work),
    wake: () => {
      for (const listener of listeners) listener();
    },
    onWake: (listener) => void listeners.push(listener),
  };
}
