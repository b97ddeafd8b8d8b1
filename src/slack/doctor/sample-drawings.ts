import type { HomeView, ModalView } from '@slack/types';
import type { Card } from '../../change/effects.ts';
import type { Facts } from '../../change/facts.ts';
import type { Change, Instant } from '../../change/types.ts';
import { CATEGORIES, type Policy } from '../../policy/schema.ts';
import type { Drawn } from '../blocks/blocks.ts';
import { drawCard } from '../change/card.ts';
import { FEEDBACK_FORMS } from '../change/feedback-forms.ts';
import { historyNote } from '../change/notes.ts';
import { personalNote } from '../change/personal-notes.ts';
import { drawRecord } from '../change/record.ts';
import type { Word } from '../feature.ts';
import { allForms } from '../features/by-word.ts';
import { drawHelp } from '../features/help.ts';
import { drawCheck } from '../form/check-screen.ts';
import { drawForm } from '../form/form.ts';
import { stateOf } from '../form/form-state.ts';
import { stepsOf } from '../form/form-steps.ts';
import { drawFiled } from '../form/submit-draft.ts';
import { targetOf } from '../ids.ts';
import { drawReport, drawReportHere } from '../report/report-view.ts';
import { drawSetup } from '../setup-form.ts';
import { drawStepForm } from '../step-form.ts';
import { listsOf } from './sample-lists.ts';
import { type Moment, REQUESTER, sampleFacts, sampleLife } from './sample-lives.ts';

/** Something that Docket would show: a message, or a window or Home. */
export interface Drawing {
  name: string;
  shown: Drawn | ModalView | HomeView;
}

/** What is drawn along the lives of made-up changes of each category, under this policy. */
export function sampleDrawings(policy: Policy, words: readonly Word[], now: Instant): Drawing[] {
  const facts = sampleFacts(policy);
  const lives = CATEGORIES.map((category) => sampleLife(facts, category, now));
  const ends = lives.flatMap((life) => life.at(-1)?.change ?? []);
  const nobody = { seen: 0, assigned: new Map(), deputies: new Map(), channels: {}, known: [] };
  return [
    ...lives.flatMap((life) => drawingsOf(life, facts, now)),
    ...ends.flatMap((change) => formsOf(change, facts, now)),
    ...listsOf(ends, facts, now),
    ...listsOf(
      lives.flatMap((life) => life[0]?.change ?? []),
      facts,
      now,
    ),
    { name: 'help', shown: drawHelp(words) },
    { name: 'setup', shown: drawSetup(policy, nobody, '') },
  ];
}

function drawingsOf(life: readonly Moment[], facts: Facts, now: Instant): Drawing[] {
  const turns = life.filter(({ change }, n) => change.status !== life[n + 1]?.change.status);
  return [
    ...life.flatMap((moment) => notesOf(moment, facts.policy)),
    ...turns.flatMap(({ change }) => cardsOf(change, facts, now)),
  ];
}

function notesOf({ event, change }: Moment, policy: Policy): Drawing[] {
  const text = historyNote(event, change, policy);
  const personal = personalNote(event, change, REQUESTER, policy);
  const name = `${change.category}: note of ${event.type}`;
  return [
    ...(text === undefined ? [] : [{ name, shown: { text, blocks: [] } }]),
    ...(personal ? [{ name: `${name} to a person`, shown: personal }] : []),
  ];
}

function cardsOf(change: Change, facts: Facts, now: Instant): Drawing[] {
  const { stage, round } = 'open' in change ? change.open : { stage: change.route[0]?.id ?? '', round: 1 };
  const to = REQUESTER;
  const cards: Card[] = [
    { card: 'headline' },
    { card: 'requester', to },
    { card: 'ask', to: firstAsked(change) ?? to, stage, round },
    { card: 'implement', to, approvedAt: 'approvedAt' in change ? change.approvedAt : 0 },
    { card: 'verify', to: 'verifiers' in change ? (change.verifiers[0] ?? to) : to },
    { card: 'board-review', to },
    { card: 'rate', to },
  ];
  const named = (name: string) => `${change.category}, ${change.status}: ${name}`;
  return [
    ...cards.map((card) => ({ name: named(card.card), shown: drawCard(card, change, facts, now) })),
    { name: named('record'), shown: drawRecord(change, facts) },
    { name: named('report'), shown: drawReport(change) },
    { name: named('report, in its thread'), shown: drawReportHere(change) },
    { name: named('filed'), shown: drawFiled(change, facts.holders) },
  ];
}

function firstAsked(change: Change) {
  return 'open' in change ? Object.values(change.open.asked).flat()[0] : undefined;
}

/** The form of its submission, screen by screen, and that of each of its steps. */
function formsOf(change: Change, facts: Facts, now: Instant): Drawing[] {
  const { policy } = facts;
  const { category, proposal } = change;
  const draft = { id: 'sample', owner: REQUESTER, category, proposal, step: 0, updatedAt: now };
  const screens = stepsOf(policy, category);
  const at = (step: number) => ({ draft, state: stateOf(draft, { step }) });
  const last = at(screens.length);
  const check = screens.length > 0 ? drawCheck(last, facts, now) : drawForm(policy, last);
  const views = [...screens.map((_, n) => drawForm(policy, at(n))), check];
  const given = { target: targetOf(change), by: REQUESTER };
  return [
    ...views.map((shown, n) => ({ name: `${category}: screen ${n + 1} of the form`, shown })),
    ...[...allForms(policy), ...FEEDBACK_FORMS].map((form) => ({
      name: `${category}: form ${form.title}`,
      shown: drawStepForm(form, change, given, facts, new Map()),
    })),
  ];
}
