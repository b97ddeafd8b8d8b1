import { participantsOf } from '../../change/duties.ts';
import { wentWell } from '../../change/went-well.ts';
import type { Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { choiceInput, option, peopleInput, wordsInput } from '../blocks/inputs.ts';
import { parseChoice, parsePeople, parseWords } from '../blocks/parse-form.ts';
import { actionInputs, parseActions } from '../form/action-inputs.ts';
import type { StepForm } from '../step-form.ts';
import { progress } from './evidence.ts';
import { ACTION } from './step-buttons.ts';

/** Slack shows no more comfortably, and more can be added one by one. */
const ACTION_ROWS = 5;

/** What was learnt, along the agenda of the guide ("Retrospective Meeting"). */
export const retrospectiveForm = ({ zone }: Pick<Policy, 'zone'>): StepForm => ({
  ...{ action: ACTION.retrospective, title: 'Retrospective', submit: 'Record' },
  blocks: (change, facts) => [
    ...progress(change),
    wordsInput('review', 'How did the implementation go?'),
    wordsInput('evaluation', 'Were the success criteria met?'),
    wordsInput('causes', 'Issues and their root causes', wentWell(change) !== false),
    wordsInput('wentWell', 'What went well'),
    wordsInput('toImprove', 'What could be improved'),
    wordsInput('recommendations', 'Recommendations', true),
    peopleInput('participants', 'Who took part', participantsOf(change, facts)),
    ...actionInputs(ACTION_ROWS),
    context('It goes into the history of the change and into its report.'),
  ],
  intent(values) {
    const [causes, recommendations] = [parseWords(values, 'causes'), parseWords(values, 'recommendations')];
    return {
      type: 'HoldRetrospective',
      ...{ review: parseWords(values, 'review'), evaluation: parseWords(values, 'evaluation') },
      ...{ wentWell: parseWords(values, 'wentWell'), toImprove: parseWords(values, 'toImprove') },
      ...(causes && { causes }),
      ...(recommendations && { recommendations }),
      participants: parsePeople(values, 'participants'),
      actions: parseActions(values, ACTION_ROWS, zone),
    };
  },
});

/** What the board found when it looked at an emergency afterwards. */
export const boardReviewForm = ({ zone }: Pick<Policy, 'zone'>): StepForm => ({
  ...{ action: ACTION.reviewEmergency, title: 'Review', submit: 'Record' },
  blocks: (change) => [
    ...progress(change),
    choiceInput('justified', 'Was it right to carry it out as an emergency?', [
      option('yes', 'Yes, it was justified'),
      option('no', 'No, it could have waited for a normal change'),
    ]),
    wordsInput('findings', 'What the board found'),
    ...actionInputs(ACTION_ROWS),
  ],
  intent: (values) => ({
    type: 'ReviewEmergency',
    justified: parseChoice(values, 'justified') === 'yes',
    findings: parseWords(values, 'findings'),
    actions: parseActions(values, ACTION_ROWS, zone),
  }),
});

/** One action item more. */
export const actionForm = ({ zone }: Pick<Policy, 'zone'>): StepForm => ({
  ...{ action: ACTION.addAction, title: 'Action item', submit: 'Add' },
  blocks: () => [...actionInputs(1), context('Who does it is told now, and again when it is due.')],
  intent: (values, { viewId }) => ({
    ...{ type: 'AddAction', action: viewId },
    item: parseActions(values, 1, zone)[0] ?? {},
  }),
});
