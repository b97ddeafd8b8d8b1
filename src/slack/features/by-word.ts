import { type Step, whyNot } from '../../change/allowed.ts';
import type { Facts } from '../../change/facts.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change, PersonId, Verdict } from '../../change/types.ts';
import { handle } from '../../engine/handle.ts';
import { factsAbout } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { type Drawn, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { thisYear } from '../blocks/year.ts';
import { drawToDecide, wholeCase } from '../change/ask-card.ts';
import { drawCard, drawForPerson } from '../change/card.ts';
import { exemptForm } from '../change/exempt-form.ts';
import { ACTION } from '../change/step-buttons.ts';
import { voteForms } from '../change/vote-form.ts';
import type { Feature, Group, Word } from '../feature.ts';
import { changeNamed } from '../find.ts';
import { targetOf } from '../ids.ts';
import type { Spoken } from '../listen.ts';
import { recordedAttempt } from '../recorded-attempt.ts';
import { type More, openStepForm, type StepForm } from '../step-form.ts';
import { implementForms } from './implement.ts';
import { MANAGE_FORMS } from './manage.ts';
import { REVIEW_FORMS } from './review.ts';
import { verifyForms } from './verify.ts';

type ByWord = readonly [
  ...[name: string, step: Step | 'answer', group: Group, help: string],
  /** What the word chooses in the form already. */
  verdict?: Verdict,
];

/** A word for every button of a change that has none of its own. */
const WORDS: readonly ByWord[] = [
  ['approve', 'approve', 'decide', 'See the whole case, with its Approve button'],
  ['reject', 'reject', 'decide', 'Reject it, with the reason'],
  ['return', 'return', 'decide', 'Send it back with questions'],
  ['ask', 'ask', 'decide', 'Ask its requester something'],
  ['vote', 'vote', 'decide', 'Vote on the board, with guidance'],
  ['defer', 'vote', 'decide', 'Vote to defer it to a later day', 'defer'],
  ['abstain', 'vote', 'decide', 'Vote without taking a side', 'abstain'],
  ['recuse', 'vote', 'decide', 'Stand aside, because you have an interest in it', 'recuse'],
  ['revote', 'changeVote', 'decide', 'Change your vote, until it is decided'],
  ['quorum', 'waiveQuorum', 'decide', 'Let those who are left of the board decide'],
  ['risk', 'setRisk', 'decide', 'Set its risk, with the reason'],
  ['reclassify', 'reclassify', 'decide', 'Put it into another category'],
  ['reassign', 'reassign', 'decide', 'Say who else is asked'],
  ['exempt', 'exempt', 'decide', 'Let it into a soft freeze, as the second person'],
  ['answer', 'answer', 'file', 'Answer a question about a change of yours'],
  ['cancel', 'cancel', 'file', 'Cancel an approved change, with the reason'],
  ['tests', 'recordTests', 'carry out', 'Record how its tests went'],
  ['checklist', 'prepare', 'carry out', 'Tick what is ready before the start'],
  ['start', 'start', 'carry out', 'Start carrying it out'],
  ['steps', 'tickSteps', 'carry out', 'Tick the steps that are done'],
  ['note', 'note', 'carry out', 'Note what happened meanwhile'],
  ['handover', 'handOver', 'carry out', 'Have somebody else go on with it'],
  ['finish', 'finish', 'carry out', 'Say how it went'],
  ['rollback', 'rollBack', 'carry out', 'Say that it was rolled back'],
  ['verify', 'verify', 'carry out', 'Check the result'],
  ['retrospective', 'retrospective', 'carry out', 'Look back on it'],
  ['review', 'reviewEmergency', 'carry out', 'Review an emergency afterwards, for the board'],
  ['action', 'addAction', 'carry out', 'Add an action item'],
];

/** Decisions on exactly what was shown: their forms show it. */
const ON_WHAT_IS_SHOWN: ReadonlySet<Step | 'answer'> = new Set([
  ...(['reject', 'return', 'vote', 'changeVote', 'setRisk'] as const),
]);

/** Their forms have no field for words that could stand after the number. */
const WITHOUT_WORDS: ReadonlySet<Step | 'answer'> = new Set([
  ...(['recordTests', 'start', 'retrospective', 'reviewEmergency', 'addAction'] as const),
]);

/**
 * Words for the buttons of a change, wherever somebody is. Saying one takes no step: it shows what the button would
 * be pressed on, or opens the form that the button opens, or says why there is no such button for this person.
 */
export function byWord(world: World): Feature {
  const forms = [...allForms(world.policy), exemptForm(world)];
  return { words: WORDS.map((each) => wordOf(world, forms, each)) };
}

/** Every form that a button of a change opens. */
export function allForms(policy: Policy): StepForm[] {
  return [
    ...[...REVIEW_FORMS, ...voteForms(policy), ...MANAGE_FORMS],
    ...[...implementForms(policy), ...verifyForms(policy)],
  ];
}

function wordOf(world: World, forms: readonly StepForm[], [name, step, group, help, verdict]: ByWord): Word {
  const form = forms.find(({ action }) => action === ACTION[step]);
  const usage = `${world.policy.prefix}-…${form && !WITHOUT_WORDS.has(step) ? ' [words]' : ''}`;
  return {
    ...{ name, group, usage, help, aboutChange: true },
    async run(caller) {
      const [number = '', ...said] = caller.words.split(/\s+/);
      const change = await changeNamed(world, number, thisYear(world));
      const facts = await factsAbout(world, change);
      const [{ by }, now] = [caller, world.clock.now()];
      const why = reason(step, change, by, facts, now);
      if (why !== undefined) {
        await keepAttempt(world, form, change, { by, facts, now });
        return caller.reply(drawWhyNot(why, change, facts, by, now));
      }
      if (!form) return caller.reply(drawInPlace(step, change, facts, by, now));
      await openByWord(world, caller, form, change, step, {
        said: said.join(' '),
        ...(verdict && { chosen: verdict }),
      });
    },
  };
}

function reason(
  step: Step | 'answer',
  change: Change,
  person: PersonId,
  facts: Facts,
  now: number,
): string | undefined {
  if (step !== 'answer') return whyNot(step, change, person, facts, now);
  const asked = change.requester === person && change.questions.some(({ answer }) => !answer);
  return asked ? undefined : 'No question about it waits for your answer.';
}

/** What its button would put into the record, where it opens no form, the word does too; what is said to them is more. */
async function keepAttempt(
  world: World,
  form: StepForm | undefined,
  change: Change,
  { by, facts, now }: { by: PersonId; facts: Facts; now: number },
): Promise<void> {
  try {
    await recordedAttempt(
      () => form?.check?.(change, by, facts, now),
      async () => form?.tried && handle(world, change.id, form.tried(change), by),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Why somebody cannot do it, above what they can do. */
function drawWhyNot(why: string, change: Change, facts: Facts, person: PersonId, now: number): Drawn {
  const { blocks } = drawForPerson(change, facts, person, now);
  return { text: why, blocks: fitMessage([section(why), ...blocks]) };
}

/** What needs no form: the case with its buttons, or the card with its checkboxes. */
function drawInPlace(
  step: Step | 'answer',
  change: Change,
  facts: Facts,
  person: PersonId,
  now: number,
): Drawn {
  const lead = 'This is what you would approve. Nothing is decided until you press the button.';
  if (step === 'approve') return drawToDecide(change, facts, person, now, lead);
  const approvedAt = 'approvedAt' in change ? change.approvedAt : 0;
  return drawCard({ card: 'implement', to: person, approvedAt }, change, facts, now);
}

function openByWord(
  world: World,
  caller: Spoken,
  form: StepForm,
  change: Change,
  step: Step | 'answer',
  more: More,
): Promise<void> {
  return openStepForm(world, caller, form, change, targetOf(change), (facts) => ({
    ...more,
    ...(ON_WHAT_IS_SHOWN.has(step) && { shown: wholeCase(change, facts, world.clock.now()) }),
  }));
}
