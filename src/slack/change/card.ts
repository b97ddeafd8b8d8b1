import type { KnownBlock } from '@slack/types';
import { mayPropose } from '../../catalogue/allowed.ts';
import { allowed } from '../../change/allowed.ts';
import type { Card } from '../../change/effects.ts';
import type { Facts } from '../../change/facts.ts';
import type { Change, Instant, PersonId } from '../../change/types.ts';
import { buttons, type Drawn, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { inStead, mention, nameOf, said } from '../blocks/format.ts';
import { proposeButton } from '../catalogue/template-buttons.ts';
import { drawAsk } from './ask-card.ts';
import { drawBoardReview } from './board-card.ts';
import { aftermath, progress, testLines } from './evidence.ts';
import { drawImplement, drawVerify } from './execution-card.ts';
import { drawRate } from './rate-card.ts';
import { windowBlocks } from './show-obstacles.ts';
import { statusLine } from './status.ts';
import { copyButton, readButtons, stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** A card as it is to be seen now. Always drawn whole from the present state, never patched. */
export function drawCard(card: Card, change: Change, facts: Facts, now: Instant): Drawn {
  switch (card.card) {
    case 'headline':
      return drawn(change, facts, [
        ...summary(change, facts),
        ...progress(change),
        ...buttons(readButtons(change)),
      ]);
    case 'requester':
      return drawForPerson(change, facts, card.to, now);
    case 'ask':
      return drawAsk(card, change, facts, now);
    case 'implement':
      return drawImplement(card, change, facts, now);
    case 'verify':
      return drawVerify(card, change, facts, now);
    case 'board-review':
      return drawBoardReview(card, change, facts, now);
    case 'rate':
      return drawRate(card, change);
    default:
      return card satisfies never;
  }
}

/** A change as somebody who asks for it sees it, with what they could do to it. */
export function drawForPerson(change: Change, facts: Facts, person: PersonId, now: Instant): Drawn {
  const steps = allowed(change, person, facts, now);
  const blocks = [
    ...summary(change, facts),
    ...windowBlocks(change, facts, now),
    ...progress(change),
    ...testLines(change),
    ...aftermath(change, facts),
    ...openQuestions(change),
    ...buttons([
      ...stepButtons(change, person, steps),
      ...(mayPropose(change, person, facts, now) ? [proposeButton(change)] : []),
      copyButton(change),
    ]),
  ];
  return drawn(change, facts, blocks);
}

function drawn(change: Change, { holders }: Facts, blocks: KnownBlock[]): Drawn {
  return { text: `${nameOf(change)}: ${statusLine(change, holders)}`, blocks: fitMessage(blocks) };
}

function openQuestions(change: Change): KnownBlock[] {
  return change.questions
    .filter((question) => !question.answer)
    .slice(-5)
    .map((question) =>
      section(`❓ ${mention(question.by)}${inStead(question.for)} asks:\n${said(question.words, 500)}`),
    );
}
