import type { Card } from '../../change/effects.ts';
import type { Change } from '../../change/types.ts';
import { buttons, context, type Drawn, section } from '../blocks/blocks.ts';
import { nameOf, said } from '../blocks/format.ts';
import { actionTargetOf, targetOf } from '../ids.ts';
import { ACTION } from './step-buttons.ts';

/** What the numbers stand for, on buttons and in the form. */
export const SCORES = ['1 Not at all', '2 Little', '3 Fairly', '4 Well', '5 Very well'] as const;

/** Asks somebody, once, how content they are with a change that has closed; then it says what they said. */
export function drawRate({ to }: Card & { card: 'rate' }, change: Change): Drawn {
  const name = nameOf(change);
  const given = change.ratings.find(({ by }) => by === to);
  const more = {
    label: given?.words ? 'Change…' : 'Say more…',
    action: ACTION.rateWords,
    value: targetOf(change),
  };
  if (given) {
    const words = given.words ? `\n${said(given.words, 500)}` : '';
    const thanks = `⭐ You gave *${name}* ${given.score} of 5. Thank you.${words}`;
    return { text: `You gave ${name} ${given.score} of 5.`, blocks: [section(thanks), ...buttons([more])] };
  }
  const ask = `How well did *${name}* do what you needed?`;
  const scores = SCORES.map((label, n) => ({
    ...{ label, action: `${ACTION.rate}:${n + 1}`, value: actionTargetOf(change.id, String(n + 1)) },
    spoken: `${n + 1} of 5 for ${change.number}`,
  }));
  return {
    text: `How well did ${name} do what you needed? 1 to 5`,
    blocks: [
      section(ask),
      ...buttons(scores),
      context('It closed just now. One click is enough; I ask only this once, and reports show the average.'),
    ],
  };
}
