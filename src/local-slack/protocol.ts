/**
 * The words that the page, the tests and the demo use to act in local Slack and to see it. The server is the
 * one place where Slack's behaviour lives: it keeps what is typed into an open modal, as Slack's client does,
 * so that a person in the browser and `as('U…')` in a test do exactly the same things.
 *
 * Page ↔ server, all on the one port of 127.0.0.1:
 *   GET  /local/state?as=U…    a `Snapshot` for that person
 *   GET  /local/events?as=U…   server-sent events; each `data: changed` means "fetch the snapshot again"
 *   POST /local/act            an `Act`; answers an `ActResult`
 */
import type { KnownBlock } from '@slack/types';

export interface Person {
  id: string;
  /** Short lower-case name, as typed after @. */
  name: string;
  realName: string;
  /** Job title shown in the switcher, e.g. "DevOps lead". */
  title: string;
  /** IANA zone, e.g. "Europe/Berlin". */
  zone: string;
  isAdmin: boolean;
  isBot: boolean;
  /** A guest account (Slack: is_restricted). */
  isGuest?: boolean;
  deactivated?: boolean;
}

export interface Conversation {
  id: string;
  kind: 'channel' | 'dm';
  /** Channel name without #, or for a DM the other person's real name. */
  name: string;
  unread: number;
}

export interface Message {
  channel: string;
  ts: string;
  threadTs?: string;
  /** Person or bot user id. */
  user: string;
  text: string;
  blocks: KnownBlock[];
  files?: SharedFile[];
  edited: boolean;
  /** Only this person sees it (chat.postEphemeral, or a response_url answer). */
  ephemeralFor?: string;
  replyCount: number;
}

export interface SharedFile {
  id: string;
  name: string;
  title: string;
  size: number;
  /** Shown in place, and said in these words to whoever cannot see it. */
  picture?: { alt: string };
  /** Where it is fetched from, on this server. */
  path: string;
}

/** What an input holds, in the shape of Slack's `view.state.values[block][action]`. */
export type InputValue = { type: string } & Record<string, unknown>;

export interface OpenView {
  id: string;
  kind: 'modal' | 'home';
  title: string;
  submit?: string;
  close?: string;
  blocks: KnownBlock[];
  /** By block id, then action id. */
  values: Record<string, Record<string, InputValue>>;
  /** By block id: shown beside the field after `response_action: errors`. */
  errors: Record<string, string>;
  /** A submission or a button of this view is waiting for the bot's answer. */
  busy: boolean;
  /** What Slack shows when the bot did not answer in time or broke. */
  trouble?: string;
}

export interface SlashCommand {
  command: string;
  description: string;
  usageHint: string;
}

/** An entry of a message's menu (`message`) or of the lightning menu (`global`). */
interface Shortcut {
  name: string;
  kind: 'message' | 'global';
  callbackId: string;
}

export interface Snapshot {
  me: Person;
  people: Person[];
  conversations: Conversation[];
  /** Every message this person can see, oldest first. */
  messages: Message[];
  /** Bottom to top: the last is the one on the screen. At most three. */
  modals: OpenView[];
  home?: OpenView;
  commands: SlashCommand[];
  shortcuts?: Shortcut[];
  /** How local Slack has been told to misbehave, with what is left of each. */
  faults?: Fault[];
  /** Local Slack's clock, milliseconds since 1970. */
  now: number;
  botConnected: boolean;
  /** Unread direct messages by person id: they show who is being asked for something. */
  unreadByPerson?: Record<string, number>;
}

/** Where something was pressed: in a message, or in an open view. */
export type Place = { kind: 'message'; channel: string; ts: string } | { kind: 'view'; viewId: string };

export type Act = { as: string } & (
  | { verb: 'command'; channel: string; text: string }
  /** Chooses a shortcut, from the menu of a message or without one. */
  | { verb: 'shortcut'; callbackId: string; message?: { channel: string; ts: string } }
  | { verb: 'say'; channel: string; text: string; threadTs?: string }
  | { verb: 'read'; channel: string }
  /** A button, or an element outside an input block. `value` is what a select, picker or checkbox now holds. */
  | { verb: 'press'; place: Place; blockId: string; actionId: string; value?: InputValue }
  /** Something typed or picked in an input block of an open modal; dispatched only if the block asks for it. */
  | {
      verb: 'input';
      viewId: string;
      blockId: string;
      actionId: string;
      value: InputValue;
      /** Enter was pressed in a text field. */
      enter?: boolean;
    }
  | { verb: 'submit'; viewId: string }
  | { verb: 'close'; viewId: string }
  | { verb: 'openHome' }
  | { verb: 'windTo'; at: number }
  | { verb: 'fault'; fault: Fault }
  | { verb: 'clearFaults' }
);

/** An act without its person, for whoever acts as one all the time. */
export type Deed = Act extends infer One ? (One extends Act ? Omit<One, 'as'> : never) : never;

export type ActResult = { ok: true } | { ok: false; error: string };

/**
 * Ways in which local Slack can be told to misbehave. `times` counts down; absent means until cleared. The
 * method `*` stands for every method.
 */
export type Fault =
  /** A Web API method answers as Slack does when it is in trouble. */
  | { on: 'method'; method: string; answer: 'ratelimited'; retryAfterSeconds: number; times?: number }
  /** `carriedOut`: it broke only after the call had had its effect. */
  | {
      on: 'method';
      method: string;
      answer: 'status';
      status: 500 | 502 | 503;
      carriedOut?: boolean;
      times?: number;
    }
  | { on: 'method'; method: string; answer: 'error'; code: string; times?: number }
  /** It is carried out, but the answer never arrives: the connection is cut. */
  | { on: 'method'; method: string; answer: 'lost'; times?: number }
  | { on: 'method'; method: string; answer: 'delay'; milliseconds: number; times?: number }
  /** What people do reaches the bot twice, late, or with a trigger that has already expired. */
  | { on: 'delivery'; what: 'duplicate'; times?: number }
  | { on: 'delivery'; what: 'delay'; milliseconds: number; times?: number }
  | { on: 'delivery'; what: 'expiredTrigger'; times?: number };
