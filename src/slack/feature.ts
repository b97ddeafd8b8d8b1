import type { World } from '../engine/world.ts';
import type { Listen, Spoken } from './listen.ts';

/** A word after `/change`, as help lists it. */
export interface Word {
  name: string;
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
