import type { Facts } from '../facts.ts';
import { Refusal } from '../refusal.ts';
import { seatFor } from '../seats.ts';
import { isOver, underReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, PersonId } from '../types.ts';

/** Somebody who could decide asks the requester first. The change stays where it is; others may go on deciding. */
export function ask(change: Change, command: CommandOf<'Ask'>, facts: Facts): ChangeEvent[] {
  const { by, at, question } = command;
  if (change.questions.some(({ id }) => id === question)) return [];
  const { seat: _, ...right } = seatFor(underReview(change), by, facts.holders);
  const words = command.words.trim();
  if (!words) throw new Refusal('incomplete', 'Please write your question.');
  return [{ type: 'QuestionAsked', by, at, question, words, ...right }];
}

/** The requester answers; the answer stands on every card. */
export function answer(change: Change, command: CommandOf<'Answer'>): ChangeEvent[] {
  const { by, at, question } = command;
  const asked = change.questions.find(({ id }) => id === question);
  if (!asked) throw new Refusal('unknown', 'That question is no longer there.');
  checkAnswers(change, by);
  const words = command.words.trim();
  if (asked.answer?.words === words) return [];
  checkGoesOn(change);
  if (asked.answer) throw new Refusal('not now', 'This question has been answered already.');
  if (!words) throw new Refusal('incomplete', 'Please write your answer.');
  return [{ type: 'QuestionAnswered', by, at, question, words }];
}

/** @throws {Refusal} unless a question waits for this person's answer: whatever they wrote would be refused */
export function mayAnswer(change: Change, by: PersonId): void {
  checkAnswers(change, by);
  checkGoesOn(change);
  if (change.questions.some((question) => !question.answer)) return;
  throw new Refusal('not now', `No question about ${change.number} is open: all have been answered.`);
}

function checkAnswers(change: Change, by: PersonId): void {
  if (by === change.requester) return;
  throw new Refusal(
    'not the requester',
    `Only <@${change.requester}>, who filed ${change.number}, can answer.`,
  );
}

function checkGoesOn({ number, status }: Change): void {
  if (!isOver(status)) return;
  throw new Refusal('not now', `${number} is ${status} now; the question needs no answer any more.`);
}
