import type { World } from '../engine/world.ts';
import type { Listen, Spoken } from './listen.ts';

/** What words are for. Help shows those of one group together, in this order. */
export const GROUPS = {
  file: 'File and change a request',
  decide: 'Decide',
  'carry out': 'Carry out, and look back',
  look: 'Look',
  people: 'People',
  'set up': 'Set up',
} as const;
export type Group = keyof typeof GROUPS;

/** A word after `/change`, or after Docket's name, as help lists it. */
export interface Word {
  name: string;
  group: Group;
  /** It begins with a change's number, which may be left out where it is said in the thread of that change. */
  aboutChange?: true;
  /** What of it ends with such a number, which may be left out there too: `propose`. */
  endsWithChange?: RegExp;
  /** What follows the word: `[title]`, `CR-2026-001`. */
  usage: string;
  help: string;
  run(caller: Spoken): Promise<void>;
}

/** Something people can do: its words, and the buttons and forms that belong to it. */
export interface Feature {
  words?: Word[];
  listen?(listen: Listen): void;
}

export type MakeFeature = (world: World) => Feature;
