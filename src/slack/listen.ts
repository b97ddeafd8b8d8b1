import type { HomeView, ModalView } from '@slack/types';
import type { PersonId } from '../change/types.ts';
import type { Drawn } from './blocks/blocks.ts';
import type { StateValues } from './blocks/parse-form.ts';

/** Somebody acting, whichever way. */
export interface Caller {
  by: PersonId;
  /**
   * Opens a modal; Slack allows three seconds from the click. `later` may look things up and have it redrawn, which
   * is not done any more if it has been redrawn meanwhile; trouble in it disturbs nobody.
   */
  open(view: ModalView, later?: () => Promise<ModalView | undefined>): Promise<void>;
  /** Says something to this person only. */
  reply(drawn: Drawn): Promise<void>;
  /** It was said in a message: `open` gives a button that says it once more, so nothing is begun yet. */
  offers?: true;
}

/** `/change word the rest` */
export interface Spoken extends Caller {
  /** All that follows the first word. */
  words: string;
  /** The number of the change in whose thread it was said, if it was. */
  here?: string;
}

/** Somebody writing a message that Docket heeds. It gives no right to open a modal. */
export interface Heard extends Omit<Spoken, 'open' | 'offers'> {
  /** It has Docket's name in it, or stands in Docket's direct messages; else it is a remark in a change's thread. */
  meant: boolean;
}

export interface Pressed extends Caller {
  /** What the button carries. To be parsed before it is believed. */
  value: unknown;
  /** The block that it stands in. */
  block: string;
  /** What is now ticked or chosen, where it is a group of checkboxes or a menu. */
  chosen: string[];
  /** What is now filled in and ticked in the message or view around it. */
  values: StateValues;
  /** The modal or Home in which it was pressed, if it was in one. */
  view?: { id: string; callback: string; metadata: string; values: StateValues };
  /** It was pressed in a message or a modal that only this person sees and that nobody redraws. */
  ephemeral: boolean;
  /** The channel or direct messages in which it was pressed, if in a message. */
  where?: string;
  /** Redraws the view in which it was pressed; what is typed there stays. A function draws it when its turn comes. */
  update(view: ModalView | (() => Promise<ModalView | undefined>)): Promise<void>;
  /** Says what follows on the list in which it was pressed: in a modal in its place, since Slack takes three at most. */
  turn(drawn: Drawn): Promise<void>;
}

export interface Chosen extends Caller {
  /** The message in whose menu it was chosen. */
  message?: { text: string; link: string };
}

export interface Sent {
  by: PersonId;
  metadata: string;
  values: StateValues;
  /** Slack's id of the view: the same when Slack delivers the same submission again. */
  viewId: string;
}

/** Listens in one way only: parse, call, acknowledge, and turn a "no" into words for the person. */
export interface Listen {
  command(run: (caller: Spoken) => Promise<void>): void;
  /** A message: to Docket, or in a thread a remark that sounds like a decision. Each is heard once, however often Slack delivers it. */
  message(run: (heard: Heard) => Promise<void>): void;
  /** @param action without what may stand after a colon in it, which tells several of one message apart: `approve:1` */
  button(action: string, run: (pressed: Pressed) => Promise<void>): void;
  /** What it returns takes the form's place; nothing closes it. A `Refusal` is shown in the form, which stays. */
  submit(callback: string, run: (sent: Sent) => Promise<ModalView | undefined>): void;
  /** A shortcut of the manifest, chosen in the menu of a message or without one. */
  shortcut(callback: string, run: (chosen: Chosen) => Promise<void>): void;
  /** Somebody opens Docket's Home. */
  home(draw: (person: PersonId) => Promise<HomeView>): void;
  /** Waits for what has been acknowledged and not finished; Bolt's own stop does not. */
  drained(): Promise<void>;
}
