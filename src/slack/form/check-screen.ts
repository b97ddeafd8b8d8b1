import type { KnownBlock, ModalView } from '@slack/types';
import { type CheckItem, checklist, type Lack, lacksOf } from '../../change/checklist.ts';
import { voidedSoFar } from '../../change/decide/edit.ts';
import { changesOf } from '../../change/draft.ts';
import type { Facts } from '../../change/facts.ts';
import { assessRisk, keptSetting, withSetting } from '../../change/risk.ts';
import { applies, askedFor, routeOf, standing } from '../../change/route.ts';
import type { Instant } from '../../change/types.ts';
import { button, divider, header, section, sections } from '../blocks/blocks.ts';
import { askedAgain, escaped, mentions } from '../blocks/format.ts';
import { showChanges, showRisk } from '../change/show-field.ts';
import { answerBlocks } from './answer-blocks.ts';
import { fieldBlocks } from './field-blocks.ts';
import { frame, savedLine } from './form.ts';
import { MOVE, type Shown } from './form-state.ts';
import { type FormStep, lastFields, stepsOf } from './form-steps.ts';
import { timeBlocks } from './time-blocks.ts';

/**
 * The last screen of a form in steps: the reviews that apply, which decide who is asked; the guide's submission
 * checklist, worked out; a way back to each step; the risk; and who will be asked.
 * @param now a start before it is one that lacks
 */
export function drawCheck(shown: Shown, facts: Facts, now: Instant): ModalView {
  const { policy } = facts;
  const { draft, change, state, lead = [] } = shown;
  const lacks = lacksOf(policy, draft.category, draft.proposal, now);
  return frame(policy, shown, undefined, [
    ...lead,
    ...answerBlocks(change, draft.words),
    ...savedLine(state),
    ...differencesSoFar(shown, facts),
    ...fieldBlocks(policy, draft, lastFields(policy, draft.category)),
    header('Check and submit'),
    section(checklist(policy, draft.category, draft.proposal, now).map(itemLine).join('\n')),
    ...stepsOf(policy, draft.category).map((step, n) => stepRow(step, n, lacks)),
    ...(shown.time && draft.proposal.startsAt !== undefined
      ? [divider, ...timeBlocks(shown.time, policy, MOVE.takeWindow)]
      : []),
    ...riskAndRoute(shown, facts),
  ]);
}

function itemLine({ title, lacks }: CheckItem): string {
  if (lacks.length === 0) return `✓ ${title}`;
  const labels = [...new Set(lacks.map(({ label }) => escaped(label)))];
  const shown = labels.length > 6 ? [...labels.slice(0, 5), `${labels.length - 5} more`] : labels;
  return `✗ *${title}*: not yet. ${shown.join(', ')}`;
}

function stepRow({ title, fields }: FormStep, n: number, lacks: readonly Lack[]): KnownBlock {
  const here = lacks.filter(({ field }) => fields.includes(field));
  const words = here.slice(0, 5).map(({ why }) => `• ${escaped(why)}`);
  const more = here.length > 5 ? [`• and ${here.length - 5} more`] : [];
  return {
    ...section([`*${n + 1}  ${title}*`, ...(words.length > 0 ? words : ['Complete.']), ...more].join('\n')),
    accessory: button({
      label: 'Edit',
      action: `${MOVE.goTo}:${n}`,
      value: String(n),
      spoken: `Edit ${title}`,
    }),
  };
}

function differencesSoFar({ draft, change }: Shown, { policy }: Facts): KnownBlock[] {
  const changes = change ? changesOf(policy, draft, change) : [];
  if (!change || changes.length === 0) return [];
  const voided = voidedSoFar(policy, draft, change);
  return [
    section(`✏️ *Changed so far*\n${showChanges(policy, changes)}`),
    ...(voided.length > 0 ? [section(askedAgain(voided))] : []),
  ];
}

/** The risk with its reasons, and whom the change will be put before, stage by stage. */
function riskAndRoute({ draft, change }: Shown, { policy, holders }: Facts): KnownBlock[] {
  const { category, proposal, owner } = draft;
  const set = change && keptSetting(policy, change, proposal);
  const risk = withSetting(policy, category, assessRisk(policy, category, proposal), set);
  const route = (change?.route ?? routeOf(policy, category)).filter((stage) => applies(stage, proposal));
  const voided = change ? voidedSoFar(policy, draft, change) : [];
  const stages = route.map((stage) => {
    // Whose approval an edit leaves as it is, is not asked again.
    if (change && standing(stage, change) === 'passed' && !voided.some((one) => one.stage === stage.id))
      return `• ${escaped(stage.title)}: passed, and stays so`;
    const people = stage.seats.flatMap((seat) =>
      askedFor(seat, stage, { requester: owner, proposal }, holders),
    );
    const who = people.length > 0 ? mentions([...new Set(people)], 6) : 'nobody holds this role now';
    return `• ${escaped(stage.title)}: ${who}`;
  });
  return [
    divider,
    section([`*${showRisk(risk)}*`, ...risk.reasons.map((reason) => `• ${escaped(reason)}`)].join('\n')),
    ...sections(['*Who will be asked*', ...stages]).slice(0, 3),
  ];
}
