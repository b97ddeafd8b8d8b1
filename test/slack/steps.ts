import { expect } from 'vitest';
import type { Change, ChangeEvent } from '../../src/change/types.ts';
import { changeByNumber } from '../../src/db/changes.ts';
import { changeEvents } from '../../src/db/events.ts';
import { handle } from '../../src/engine/handle.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Form, Submitted } from '../../src/local-slack/hand-form.ts';
import type { Given } from '../../src/local-slack/hand-value.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import type { Category } from '../../src/policy/schema.ts';
import type { Docket } from '../../src/start.ts';
import { complete, HOUR } from '../change/proposals.ts';
import { START } from './open-docket.ts';

/** Opens the form and fills it, screen by screen, up to its last one. */
export async function typed(hand: Hand, category: Category, answers: Record<string, Given>): Promise<Form> {
  await hand.command(`/change new ${category}`, { in: 'changes' });
  const form = await hand.opened(category === 'normal' ? 'New change 1/5' : 'New change');
  await fillIn(hand, form, answers);
  return form;
}

/** Fills what of the answers each screen shows, and presses Next until there is no next one. */
export async function fillIn(hand: Hand, form: Form, answers: Record<string, Given>): Promise<void> {
  const left = new Map(Object.entries(answers));
  for (;;) {
    await fillHere(hand, form, left);
    if (form.submitLabel() !== 'Next') break;
    const before = form.title();
    expect(await form.submit()).toMatchObject({ errors: {}, outcome: 'updated' });
    await hand.eventually(() => form.title() !== before);
  }
  expect([...left.keys()], 'answers that no screen asks for').toEqual([]);
}

/** Fills what the screen shows, and takes it off the list. A note appears only when its group has been ticked. */
async function fillHere(hand: Hand, form: Form, left: Map<string, Given>): Promise<void> {
  const groups = form.labels();
  for (const [label, given] of left) {
    const [group = ''] = label.split(': how?');
    if (!groups.includes(group)) continue;
    await hand.eventually(() => form.labels().includes(label));
    await form.fill({ [label]: given });
    left.delete(label);
  }
}

/** Files a change as a person does: command, form, Submit. Gives its number. */
export async function files(hand: Hand, category: Category, answers: Record<string, Given>): Promise<string> {
  const form = await typed(hand, category, answers);
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  const number = /CR-\d{4}-\d{3}/.exec(hand.modal().text())?.[0];
  if (!number) throw new Error(`No number in: ${hand.modal().text()}`);
  await hand.modal().close();
  return number;
}

const SCREENS = ['What and why', 'Impact', 'Risk and testing', 'Implementation and rollback'];

/** Alters a submitted change in its form, on the screen of each answer where it has several. It is not yet saved. */
export async function alter(hand: Hand, form: Form, answers: Record<string, Given>): Promise<void> {
  const left = new Map(Object.entries(answers));
  await fillHere(hand, form, left);
  for (const [n, title] of SCREENS.entries()) {
    if (left.size === 0) return;
    await form.press('Edit', `${n + 1}  ${title}`);
    await hand.eventually(() => form.submitLabel() === 'Done');
    await fillHere(hand, form, left);
    expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  }
  expect([...left.keys()], 'answers that no screen asks for').toEqual([]);
}

/** Edits a submitted change as its requester does. */
export async function edits(hand: Hand, number: string, answers: Record<string, Given>): Promise<void> {
  await hand.command(`/change edit ${number}`);
  const form = await hand.opened(`Edit ${number}`);
  await alter(hand, form, answers);
  expect(await form.submit()).toMatchObject({ outcome: 'closed', errors: {} });
}

/** Files a complete change without the form, for tests that are about what comes after. */
export async function filed(
  { world }: Docket,
  by: string,
  category: Category,
  more: Parameters<typeof complete.normal>[0] = {},
): Promise<Change> {
  const window = category === 'emergency' ? {} : { startsAt: START + 37 * HOUR, endsAt: START + 39 * HOUR };
  const id = world.newId();
  const proposal = complete[category]({ ...window, ...more });
  return (await handle(world, id, { type: 'Submit', id, category, proposal }, by)).change;
}

/** Waits until somebody is asked to decide, and gives the card: the latest one, of that stage if one is named. */
export function asked(hand: Hand, stage = ''): Promise<Message> {
  return hand.eventually(() =>
    hand
      .dms()
      .findLast(
        (dm) =>
          hand.read(dm).startsWith(`${stage}: your decision is needed`) ||
          (stage === '' && hand.read(dm).includes('your decision is needed')),
      ),
  );
}

/** Whether somebody has ever been asked to decide in a stage. */
export function wasAsked(hand: Hand, stage: string): boolean {
  return hand.dms().some((dm) => hand.read(dm).startsWith(`${stage}:`));
}

/** Waits for the card, approves on it, and waits until the card has lost its buttons. */
export async function approves(hand: Hand, stage = ''): Promise<Message> {
  const card = await asked(hand, stage);
  expect(await hand.press(card, 'Approve')).toEqual({ ok: true });
  await hand.eventually(() => !hand.read(card).includes('[Approve]'));
  return card;
}

/** Presses a button that asks for words, and gives them. */
export async function says(hand: Hand, card: Message, button: string, words: string): Promise<Submitted> {
  expect(await hand.press(card, button)).toEqual({ ok: true });
  const form = await hand.opened(button.replace('…', ''));
  await form.fill({ [form.labels()[0] ?? '']: words });
  return form.submit();
}

/** The message of a change in #changes. */
export function headline(hand: Hand, number: string): Promise<Message> {
  return hand.eventually(() => hand.messages('changes').find(({ text }) => text.startsWith(number)));
}

/** Waits until the history of a change has a line with these words. */
export async function history(hand: Hand, number: string, words: string): Promise<void> {
  const top = await headline(hand, number);
  await hand.eventually(() => hand.thread(top).some((note) => hand.read(note).includes(words)));
}

/** Waits for a direct message with these words. */
export function told(hand: Hand, words: string): Promise<Message> {
  return hand.eventually(() => hand.dms().find((dm) => hand.read(dm).includes(words)));
}

/** What the record of a change says. */
export async function recordOf({ world }: Docket, number: string): Promise<ChangeEvent[]> {
  const change = await changeByNumber(world.db, number);
  if (!change) throw new Error(`There is no ${number}.`);
  return changeEvents(world.db, change.id);
}

/** The events of one kind. */
export async function recorded<T extends ChangeEvent['type']>(
  docket: Docket,
  number: string,
  type: T,
): Promise<Extract<ChangeEvent, { type: T }>[]> {
  const isOne = (event: ChangeEvent): event is Extract<ChangeEvent, { type: T }> => event.type === type;
  return (await recordOf(docket, number)).filter(isOne);
}

/** What only this person is answered. */
export async function answer(hand: Hand, command: string): Promise<string> {
  const before = hand.ephemerals().length;
  expect(await hand.command(command, { in: 'changes' })).toEqual({ ok: true });
  const said = await hand.eventually(() => hand.ephemerals()[before]);
  return said ? hand.read(said) : '';
}
