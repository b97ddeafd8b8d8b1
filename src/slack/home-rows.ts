import type { KnownBlock } from '@slack/types';
import { completesAs } from '../change/decide/action.ts';
import type { Facts } from '../change/facts.ts';
import type { Planned } from '../change/planned.ts';
import type { Change, PersonId } from '../change/types.ts';
import type { OpenAction } from '../db/actions.ts';
import type { Owed, Task } from '../engine/dashboard.ts';
import { dueAt } from '../engine/waiting.ts';
import { type ButtonSpec, button, buttons, section } from './blocks/blocks.ts';
import { quote, span, when } from './blocks/format.ts';
import { approveButton, changeLine } from './blocks/lines.ts';
import { actionLine } from './change/evidence.ts';
import { ACTION, moveButton, recordButton, stepButtons } from './change/step-buttons.ts';
import { doneButton } from './duty-blocks.ts';
import { actionTargetOf } from './ids.ts';
import { SAY } from './speak.ts';

/** A row as it is drawn, and whether its time is over. */
export interface Row {
  /** Of what it is about. */
  id: string;
  due: number;
  blocks: KnownBlock[];
}

export type Numbered = (spec: ButtonSpec) => ButtonSpec;

/** Slack wants every action id once in a view. */
export function numbering(): Numbered {
  let n = 0;
  return (spec) => ({ ...spec, action: `${spec.action}:${n++}` });
}

export function waitingRow(change: Change, { holders }: Facts, mark: string, numbered: Numbered): Row {
  const look = {
    label: 'Look…',
    action: SAY,
    value: `approve ${change.number}`,
    spoken: `Look at ${change.number}`,
  };
  return {
    id: change.id,
    due: dueAt(change),
    blocks: [
      section(`${changeLine(change, holders)}${mark}`),
      ...buttons([approveButton(change), look, recordButton(change)].map(numbered)),
    ],
  };
}

/** What a step is called where it is listed as somebody's to do. */
const TASKS: Readonly<Partial<Record<Task['step'], string>>> = {
  answer: 'Answer the question',
  edit: 'Answer what was asked, and resubmit',
  start: 'Carry it out',
  schedule: 'Its window is over: choose another one',
  finish: 'You are carrying it out',
  verify: 'Verify the result',
  retrospective: 'Look back on it',
  reviewEmergency: 'Review it for the board',
};

export function taskWords(step: Task['step']): string {
  return TASKS[step] ?? 'Yours';
}

/** Whichever of them comes next. */
const BEFORE_AND_START = ['recordTests', 'start'] as const;

/** A task with the button that does it. */
export function taskRow(
  { change, step, due }: Task,
  person: PersonId,
  facts: Facts,
  mark: string,
  numbered: Numbered,
): Row {
  const steps = new Set(step === 'answer' ? [] : step === 'start' ? BEFORE_AND_START : [step]);
  const doing: ButtonSpec[] =
    step === 'schedule'
      ? [{ ...moveButton(change), style: 'primary' }]
      : stepButtons(change, person, steps).slice(0, 1);
  const until = mark || (Number.isFinite(due) ? `, by ${when(due)}` : '');
  return {
    id: change.id,
    due,
    blocks: [
      section(`*${taskWords(step)}*${mark ? '' : until}\n${changeLine(change, facts.holders)}${mark}`),
      ...buttons([...doing, openButton(change.number)].map(numbered)),
    ],
  };
}

/** What keeps the process in order and is still to be done. */
export function dutyRow(owed: Owed, mark: string, numbered: Numbered): Row {
  const { title, due } = owed;
  const line = section(`🧭 *${title}*${mark || `, by ${when(due)}`}`);
  return { id: owed.id, due, blocks: [{ ...line, accessory: button(numbered(doneButton(owed, title))) }] };
}

/** An action item, with Done where this person may say so. */
export function actionRow(
  { changeId, number, title, requester, item }: OpenAction,
  person: PersonId,
  facts: Facts,
  mark: string,
  numbered: Numbered,
): Row {
  const done = numbered({
    ...{ label: 'Done', action: ACTION.actionDone, value: actionTargetOf(changeId, item.id) },
    spoken: `Done: ${item.words}`,
  });
  const line = section(`${actionLine(item)}\n${number}  ${quote(title, 120)}${mark}`);
  const may = completesAs({ requester }, item, person, facts) !== undefined;
  return { id: item.id, due: item.due, blocks: [may ? { ...line, accessory: button(done) } : line] };
}

export function plannedRow(
  { number, title, startsAt, endsAt, risk, status }: Planned,
  numbered: Numbered,
): KnownBlock {
  const now =
    status === 'implementing' ? '  ·  under way' : status === 'approved' ? '  ·  not yet scheduled' : '';
  const line = `*${span(startsAt, endsAt)}*\n${number}  ${quote(title, 120)}  ·  ${risk} risk${now}`;
  return opened(line, number, numbered);
}

/** A line with the button that shows the change in full, with everything that can be done to it. */
export function opened(line: string, number: string, numbered: Numbered): KnownBlock {
  return { ...section(line), accessory: button(numbered(openButton(number))) };
}

function openButton(number: string): ButtonSpec {
  return { label: 'Open', action: SAY, value: `show ${number}`, spoken: `Open ${number}` };
}
