import { participantsOf } from '../change/duties.ts';
import { context } from './blocks.ts';
import { progress } from './evidence.ts';
import { peopleInput } from './inputs.ts';
import { parsePeople, parseWords } from './parse-form.ts';
import { ACTION } from './step-buttons.ts';
import { type StepForm, wordsInput } from './step-form.ts';

/** What was learnt, along the agenda of the guide ("Retrospective Meeting"). */
export const RETROSPECTIVE: StepForm = {
  ...{ action: ACTION.retrospective, title: 'Retrospective', submit: 'Record' },
  blocks: (change, facts) => [
    ...progress(change),
    wordsInput('review', 'How did the implementation go?'),
    wordsInput('evaluation', 'Were the success criteria met?'),
    wordsInput('causes', 'Issues and their root causes', 'outcome' in change && change.outcome === 'success'),
    wordsInput('wentWell', 'What went well'),
    wordsInput('toImprove', 'What could be improved'),
    wordsInput('recommendations', 'Recommendations', true),
    peopleInput('participants', 'Who took part', participantsOf(change, facts)),
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
    };
  },
};
