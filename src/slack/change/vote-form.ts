import type { InputBlock } from '@slack/types';
import * as z from 'zod';
import { voteOf } from '../../change/decide/vote.ts';
import { Refusal } from '../../change/refusal.ts';
import { isUnderReview } from '../../change/states.ts';
import type { Change, Decision, PersonId, Verdict } from '../../change/types.ts';
import { VERDICTS } from '../../change/voting.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, section } from '../blocks/blocks.ts';
import { mention } from '../blocks/format.ts';
import { label, option, wordsInput } from '../blocks/inputs.ts';
import { parseChoice, parseDay, parseWords } from '../blocks/parse-form.ts';
import { noonOf } from '../form/action-inputs.ts';
import { type StepForm, wordsForm } from '../step-form.ts';
import { tally } from './status.ts';
import { ACTION } from './step-buttons.ts';

const verdicts = z.enum(['approve', 'reject', 'defer', 'abstain', 'recuse']);

const OPTIONS: Record<Verdict, string> = {
  approve: 'Approve, with guidance for whoever carries it out',
  reject: 'Reject',
  defer: 'Defer to a later day',
  abstain: 'Abstain: I am here and take no side',
  recuse: 'Stand aside: I have an interest in it',
};

/** Every vote that there is, with words; and one that was given, altered. */
export function voteForms({ zone }: Pick<Policy, 'zone'>): StepForm[] {
  const intent: StepForm['intent'] = (values, { seen, carried }) => {
    const words = parseWords(values, 'words');
    const day = parseDay(values, 'until');
    const verdict = verdicts.safeParse(parseChoice(values, 'verdict')).data;
    if (!verdict) throw new Refusal('incomplete', 'Please choose your vote.');
    return {
      ...{ type: 'Decide', verdict, seen },
      ...(words && { words }),
      ...(verdict === 'defer' && day && { until: noonOf(day, zone) }),
      ...(carried !== undefined && { replaces: Number(carried) }),
    };
  };
  return [
    {
      ...{ action: ACTION.vote, title: 'Vote', submit: 'Vote', intent },
      blocks: (change) => voteBlocks(change),
    },
    {
      ...{ action: ACTION.changeVote, title: 'Change my vote', submit: 'Vote', intent },
      blocks: (change, _facts, _names, by) => voteBlocks(change, given(change, by), by),
      carry: (change, by) => given(change, by)?.at.toString(),
    },
    WAIVE,
  ];
}

const WAIVE: StepForm = wordsForm(
  {
    ...{ action: ACTION.waiveQuorum, title: 'Decide without quorum', submit: 'Let them decide' },
    label: 'Why can it not wait for others?',
    hint: 'The majority of those who can still vote then decides, two at the least. It stands in the record.',
  },
  (words) => ({ type: 'WaiveQuorum', words }),
);

function given(change: Change, by: PersonId): Decision | undefined {
  return isUnderReview(change) ? voteOf(change, by) : undefined;
}

function voteBlocks(change: Change, vote?: Decision, by?: PersonId) {
  const options = verdicts.options.map((verdict) => option(verdict, OPTIONS[verdict]));
  const chosen = options.find(({ value }) => value === vote?.verdict);
  const verdict: InputBlock = {
    ...{ type: 'input', block_id: 'verdict', label: label('Your vote') },
    element: {
      ...{ type: 'radio_buttons', action_id: 'verdict', options },
      ...(chosen && { initial_option: chosen }),
    },
  };
  const until: InputBlock = {
    ...{ type: 'input', block_id: 'until', optional: true, label: label('To defer: comes back on') },
    element: { type: 'datepicker', action_id: 'until' },
  };
  const stands = tally(change);
  const whose = vote && vote.by !== by ? `${mention(vote.by)} has voted for you: ` : 'You have ';
  return [
    ...(stands ? [context(stands)] : []),
    ...(vote ? [section(`${whose}*${VERDICTS[vote.verdict]}*.`)] : []),
    verdict,
    wordsInput('words', 'Guidance, or why', true),
    until,
    context(
      'All but an approval need words. Until it is decided you may change your vote; standing aside stays.',
    ),
  ];
}
