import { expect } from 'vitest';
import { decideTemplate } from '../../src/catalogue/decide.ts';
import { evolveTemplate } from '../../src/catalogue/evolve.ts';
import type { Source, Template, TemplateEvent, TemplateIntent } from '../../src/catalogue/types.ts';
import type { Facts } from '../../src/change/facts.ts';
import type { Failure } from '../../src/change/from-template.ts';
import { Refusal, type RefusalCode } from '../../src/change/refusal.ts';
import type { Change, PersonId, Verdict } from '../../src/change/types.ts';
import type { FieldId } from '../../src/policy/fields.ts';
import { DANA, facts, JONAS, MAYA, OLGA } from '../change/company.ts';
import { Given, given } from '../change/given.ts';
import { MINUTE } from '../change/proposals.ts';
import {
  approves,
  filesStandard,
  finishes,
  looksBack,
  prepares,
  recordsTests,
  starts,
  ticks,
  verifies,
} from '../change/steps.ts';

export const AT = Date.UTC(2026, 3, 1, 9);

/** Somebody's command to a template, as it then is. */
export type Step = (template: Template | undefined) => TemplateIntent & { by: PersonId | 'docket' };

export const proposes =
  (by: PersonId, locked: FieldId[] = ['systems', 'successCriteria', 'rollbackSteps']): Step =>
  () => ({
    ...{ type: 'Propose', by, change: 'c-1', title: 'TLS certificates', use: 'Before they end.' },
    locked,
  });
export const votes =
  (by: PersonId, verdict: Verdict = 'approve', words = 'Because.'): Step =>
  (template) => {
    const { hash = '' } = template?.versions.at(-1) ?? {};
    return { type: 'Vote', by, verdict, seen: hash, words };
  };
export const revises =
  (by: PersonId, title: string): Step =>
  (template) => {
    const content = template?.versions.at(-1)?.content;
    return { type: 'Revise', by, content: { use: '', proposal: {}, locked: [], ...content, title } };
  };
export const fails =
  (change = 'c-2', outcome: Failure['outcome'] = 'rolled back', people = [OLGA, MAYA]): Step =>
  () => ({
    ...{ type: 'Suspend', by: 'docket', change, number: 'CR-2026-002', outcome },
    people,
  });
export const suspends = fails();
export const withdraws =
  (by: PersonId): Step =>
  (template) => ({ type: 'Withdraw', by, seen: template?.versions.at(-1)?.hash ?? '' });
export const reminds =
  (percent: number, version = 1): Step =>
  () => ({ type: 'Remind', by: 'docket', version, percent });
export const asksAgain: Step = () => ({ type: 'AskAgain', by: 'docket' });
export const reinstates =
  (by: PersonId, words = 'A full disk; unrelated.'): Step =>
  () => ({ type: 'Reinstate', by, words });
export const retires =
  (by: PersonId, words = 'Automated now.'): Step =>
  () => ({ type: 'Retire', by, words });

/** A standard change of Dana's that Jonas approved and Olga verified, closed as a success or otherwise. */
export function closedChange(outcome: 'success' | 'partial' = 'success', met?: string[]): Change {
  const approved = given(filesStandard, approves(JONAS));
  const steps = [recordsTests(DANA), prepares(DANA)];
  const ready = steps.reduce((story, step) => story.when(step).and(), approved);
  const starting = new Given(
    ready.history,
    ready.facts,
    (ready.change.proposal.startsAt ?? 0) + 60_000,
    ready.state,
  );
  const rest = [
    starts(DANA),
    ticks(DANA, 0),
    finishes(DANA, outcome, 'As planned.'),
    verifies(OLGA, met, 'So it is.'),
    // Without effect where all went well.
    looksBack(DANA),
  ];
  return rest.reduce((story, step) => story.when(step).and(), starting).change;
}

interface Story {
  template: Template | undefined;
  events: TemplateEvent[];
  refusal?: Refusal;
}

/** A story of templates, a step a minute: each step's events, or its refusal; the facts bring the change that it is taken from. */
export function tell(steps: Step[], more: Partial<Facts & Source> = {}): Story {
  const story: Story = { template: undefined, events: [] };
  const known = { ...facts(), ...more };
  const source = more.source ?? closedChange();
  for (const [n, step] of steps.entries()) {
    const command = { ...step(story.template), at: AT + n * MINUTE };
    delete story.refusal;
    try {
      story.events = decideTemplate(story.template, command, { ...known, source });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      Object.assign(story, { events: [], refusal: error });
    }
    for (const event of story.events) story.template = evolveTemplate(story.template, event, 't-1');
  }
  return story;
}

export function gives(steps: Step[], ...types: TemplateEvent['type'][]): Story {
  const story = tell(steps);
  if (story.refusal) throw story.refusal;
  expect(story.events.map(({ type }) => type)).toEqual(types);
  return story;
}

export function refused(
  steps: Step[],
  code: RefusalCode,
  words = /./,
  more: Partial<Facts & Source> = {},
): void {
  const { refusal, events } = tell(steps, more);
  expect(refusal?.code ?? events.map(({ type }) => type)).toBe(code);
  expect(refusal?.sentence).toMatch(words);
}
