import { type Changes, eventually } from './changes.ts';
import { optionsOf, textOf } from './elements.ts';
import { type Form, findButton, holdForm, namesIn, placedIn } from './hand-form.ts';
import { type Given, valueFor } from './hand-value.ts';
import type { Obj } from './json.ts';
import type { Act, ActResult, Deed, Message, Person, Snapshot } from './protocol.ts';
import { readable, readMarkup } from './readable.ts';

/** Somebody of the company, to act as: finds everything by what a person reads. */
export interface Hand {
  person: Person;
  snapshot(): Snapshot;
  /** Types a slash command, in a channel by name (the first one if none is named). Resolves when it was acked. */
  command(text: string, where?: { in?: string }): Promise<ActResult>;
  say(text: string, where: { in: string; thread?: Message }): Promise<ActResult>;
  /** Messages of a channel, oldest first, without threads and without what only this person sees. */
  messages(channel: string): Message[];
  /** Messages from the bot in the direct messages. */
  dms(): Message[];
  /** Replies to a message. */
  thread(message: Message): Message[];
  /** What only this person sees, in all channels. */
  ephemerals(): Message[];
  /** A message as it is said aloud. */
  read(message: Message): string;
  /** Presses a button of a message by its words. */
  press(message: Message, button: string, near?: string): Promise<ActResult>;
  /** Picks in a select or picker of a message, found by its placeholder. */
  pick(message: Message, placeholder: string, given: Given): Promise<ActResult>;
  /** Ticks exactly these of a message's checkboxes: the group in which the first of them is, or the first one. */
  tick(message: Message, options: readonly string[]): Promise<ActResult>;
  /** Chooses a shortcut by its name, from the menu of a message if it is one for messages. */
  shortcut(name: string, message?: Message): Promise<ActResult>;
  /** The modal on top. Throws when none is open. */
  modal(): Form;
  /** Waits for a modal to be on top, with that title if one is given. */
  opened(title?: string): Promise<Form>;
  openHome(): Promise<ActResult>;
  /** The app's home as this person sees it. Throws when none was published. */
  home(): Form;
  /** Waits until `look` gives something truthy without throwing; it looks again after every change. */
  eventually<T>(look: () => T, timeoutMs?: number): Promise<NonNullable<T>>;
}

interface Reach {
  changes: Changes;
  act(act: Act): Promise<ActResult>;
  snapshot(personId: string): Snapshot;
  people: readonly Person[];
}

/** @throws when there is nobody with that short name or id */
export function createHand(reach: Reach, nameOrId: string): Hand {
  const person = reach.people.find((one) => one.id === nameOrId || one.name === nameOrId);
  if (!person) throw new Error(`There is nobody called ${nameOrId}.`);
  const snapshot = () => reach.snapshot(person.id);
  // Adding the person back makes it the act it was before `Deed` took the person away.
  const act = (deed: Deed) => reach.act({ as: person.id, ...deed } as Act);
  const holder = { snapshot, act };

  const channel = (name?: string): string => {
    const { conversations } = snapshot();
    const found = conversations.find((one) =>
      name === undefined ? one.kind === 'channel' : one.name === name.replace(/^#/, '') || one.id === name,
    );
    if (!found) throw new Error(`${person.name} is in no channel ${name ?? ''}.`);
    return found.id;
  };
  const shown = (where: (message: Message) => boolean) =>
    snapshot().messages.filter((one) => one.ephemeralFor === undefined && where(one));
  const now = (message: Message): Message => {
    const found = snapshot().messages.find((one) => one.channel === message.channel && one.ts === message.ts);
    if (!found) throw new Error('That message is gone.');
    return found;
  };
  const modal = (): Form => {
    const top = snapshot().modals.at(-1);
    if (!top) throw new Error(`${person.name} has no modal open.`);
    return holdForm(holder, top.id);
  };
  const wait = <T>(look: () => T, timeoutMs?: number) => eventually(reach.changes, look, timeoutMs);
  const place = ({ channel: id, ts }: Message) => ({ kind: 'message' as const, channel: id, ts });

  return {
    person,
    snapshot,
    command: async (text, where = {}) => act({ verb: 'command', channel: channel(where.in), text }),
    say: async (text, where) =>
      act({
        verb: 'say',
        channel: channel(where.in),
        text,
        ...(where.thread && { threadTs: where.thread.threadTs ?? where.thread.ts }),
      }),
    messages: (name) => {
      const id = channel(name);
      return shown((one) => one.channel === id && one.threadTs === undefined);
    },
    dms: () => {
      const dm = snapshot().conversations.find(({ kind }) => kind === 'dm');
      return shown((one) => one.channel === dm?.id && one.threadTs === undefined);
    },
    thread: (message) => shown((one) => one.channel === message.channel && one.threadTs === message.ts),
    ephemerals: () => snapshot().messages.filter(({ ephemeralFor }) => ephemeralFor === person.id),
    read: (message) => {
      const { blocks, text } = now(message);
      const nameOf = namesIn(snapshot());
      return blocks.length > 0 ? readable(blocks, { nameOf }) : readMarkup(text, { nameOf });
    },
    press: async (message, button, near) => {
      const { blockId, actionId, value } = findButton(now(message).blocks, button, near);
      return act({ verb: 'press', place: place(message), blockId, actionId, ...(value && { value }) });
    },
    pick: async (message, placeholder, given) => {
      const placed = placedIn(now(message).blocks);
      const found = placed.find(({ element }) => textOf(element.placeholder) === placeholder);
      if (!found) throw new Error(`There is no "${placeholder}" in that message.`);
      const { blockId, actionId, element } = found;
      const value = valueFor(element, given, snapshot());
      return act({ verb: 'press', place: place(message), blockId, actionId, value });
    },
    tick: async (message, options) => {
      const groups = placedIn(now(message).blocks).filter(({ element }) => element.type === 'checkboxes');
      const has = (element: Obj) => optionsOf(element).some(({ text }) => textOf(text) === options[0]);
      const found = options.length === 0 ? groups[0] : groups.find(({ element }) => has(element));
      if (!found) throw new Error(`There is no checkbox "${options[0] ?? ''}" in that message.`);
      const { blockId, actionId, element } = found;
      const value = valueFor(element, options, snapshot());
      return act({ verb: 'press', place: place(message), blockId, actionId, value });
    },
    shortcut: async (name, message) => {
      const found = snapshot().shortcuts?.find((one) => one.name === name);
      if (!found) throw new Error(`There is no shortcut "${name}".`);
      const about = message && { message: { channel: message.channel, ts: message.ts } };
      return act({ verb: 'shortcut', callbackId: found.callbackId, ...about });
    },
    modal,
    opened: (title) =>
      wait(() => {
        const top = modal();
        if (title !== undefined && top.title() !== title)
          throw new Error(`The open modal is "${top.title()}".`);
        return top;
      }),
    openHome: () => act({ verb: 'openHome' }),
    home: () => {
      const { home } = snapshot();
      if (!home) throw new Error(`${person.name} has no home yet.`);
      return holdForm(holder, home.id);
    },
    eventually: wait,
  };
}
