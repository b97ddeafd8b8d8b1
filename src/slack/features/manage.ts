import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { Facts } from '../../change/facts.ts';
import { eligible, openSeats } from '../../change/seats.ts';
import { isUnderReview } from '../../change/states.ts';
import type { Change } from '../../change/types.ts';
import type { World } from '../../engine/world.ts';
import { CATEGORIES, RISK_LEVELS } from '../../policy/schema.ts';
import { context, section } from '../blocks/blocks.ts';
import { cut } from '../blocks/format.ts';
import { choiceInput, label, MOST_OPTIONS, option, wordsInput } from '../blocks/inputs.ts';
import { parseCategory, parseChoice, parseChoices, parseWords } from '../blocks/parse-form.ts';
import { whyThisRisk } from '../change/show-field.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { listenToForms, type Names, type StepForm } from '../step-form.ts';

/** Who validates judges the risk otherwise than its answers do. */
const SET_RISK: StepForm = {
  ...{ action: ACTION.setRisk, title: 'Set risk', submit: 'Set risk' },
  blocks: ({ risk }) => [
    section(whyThisRisk(risk)),
    choiceInput(
      'level',
      'What is the risk?',
      RISK_LEVELS.filter((level) => level !== risk.level).map((level) => option(level, LEVELS[level])),
    ),
    wordsInput('words', 'Why?'),
    context('Everybody who decides on it reads this. It holds until the risk answers are edited.'),
  ],
  intent: (values, { seen }) => ({
    ...{ type: 'SetRisk', seen, words: parseWords(values, 'words') },
    level: RISK_LEVELS.find((level) => level === parseChoice(values, 'level')) ?? 'high',
  }),
};
const LEVELS = { low: 'Low', medium: 'Medium', high: 'High' };

/** A change that was filed in another category than it belongs to. */
const RECLASSIFY: StepForm = {
  ...{ action: ACTION.reclassify, title: 'Reclassify', submit: 'Reclassify' },
  blocks: ({ category }, { policy }) => [
    choiceInput(
      'category',
      'What is it?',
      CATEGORIES.filter((id) => id !== category).map((id) => ({
        ...option(id, policy.categories[id].title),
        description: label(cut(policy.categories[id].summary, 75)),
      })),
    ),
    wordsInput('words', 'Why?'),
    context(
      'Approval starts over, and earlier decisions no longer count. Its number and all that was typed stay; its requester is asked for what is missing.',
    ),
  ],
  intent: (values) => ({
    ...{ type: 'Reclassify', words: parseWords(values, 'words') },
    category: parseCategory(values) ?? 'normal',
  }),
};

/** Other people are asked for a seat that is open. */
const REASSIGN: StepForm = {
  ...{ action: ACTION.reassign, title: 'Reassign', submit: 'Ask them' },
  blocks: (change, facts, names) => [
    ...whichSeat(change),
    ...whom(change, facts, names),
    wordsInput('words', 'Why?', true),
    context('They get the case and the buttons. Whoever else holds the role may still decide.'),
  ],
  carry: (change) => (seatsOf(change).length === 1 ? seatsOf(change)[0]?.id : undefined),
  intent(values, { carried = '' }) {
    const words = parseWords(values, 'words');
    const seat = parseChoice(values, 'seat') ?? carried;
    return { type: 'Reassign', seat, people: parseChoices(values, 'people'), ...(words && { words }) };
  },
};

export const MANAGE_FORMS: readonly StepForm[] = [SET_RISK, RECLASSIFY, REASSIGN];

/** What a change manager does to a change besides deciding on it (guide, "Submission Process"). */
export function manage(world: World): Feature {
  return { listen: (listen) => listenToForms(world, listen, MANAGE_FORMS) };
}

function seatsOf(change: Change) {
  return isUnderReview(change) ? openSeats(change) : [];
}

/** The only open seat needs no choosing. */
function whichSeat(change: Change): KnownBlock[] {
  const options = seatsOf(change).map(({ id, title }) => option(id, title));
  if (options.length < 2) return [];
  const element = { type: 'static_select', action_id: 'seat', options } as const;
  return [{ type: 'input', block_id: 'seat', label: label('As whom?'), element }];
}

/** Those who may fill an open seat; which of them may fill which is for the rules to say. */
function whom(change: Change, { holders }: Facts, names: Names): InputBlock[] {
  if (!isUnderReview(change)) return [];
  const people = openSeats(change).flatMap((seat) => eligible(change, seat, holders));
  const options: PlainTextOption[] = [...new Set(people)]
    .map((person) => option(person, names.get(person) ?? person))
    .slice(0, MOST_OPTIONS);
  if (options.length === 0) return [];
  const element = { type: 'multi_static_select', action_id: 'people', options } as const;
  return [{ type: 'input', block_id: 'people', label: label('Who is asked?'), element }];
}
