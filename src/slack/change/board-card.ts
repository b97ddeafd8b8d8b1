import { allowed } from '../../change/allowed.ts';
import { boardReviewDue } from '../../change/duties.ts';
import type { Card } from '../../change/effects.ts';
import type { Facts } from '../../change/facts.ts';
import type { Change, Instant } from '../../change/types.ts';
import { buttons, type Drawn, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { escaped, nameOf, when } from '../blocks/format.ts';
import { wholeCase } from './ask-card.ts';
import { aftermath, notes, progress } from './evidence.ts';
import { stepButtons } from './step-buttons.ts';
import { summary } from './summary.ts';

/** What the board gets when an emergency has been carried out: the whole case, and the form for its review. */
export function drawBoardReview(
  card: Card & { card: 'board-review' },
  change: Change,
  facts: Facts,
  now: Instant,
): Drawn {
  const steps = allowed(change, card.to, facts, now);
  const due = boardReviewDue(change);
  const board = escaped(change.execution.boardReview?.title ?? '');
  const asks = due !== undefined && steps.has('reviewEmergency');
  const lead = asks
    ? `*${board}*: please review this emergency by ${when(due)}. Was it justified, and what follows? One of you records it for all.`
    : `*${board}*: nothing more is needed from you here.`;
  const blocks = [
    section(lead),
    ...summary(change, facts),
    ...wholeCase(change, facts, now),
    ...progress(change),
    ...notes(change),
    ...aftermath(change, facts),
    ...buttons(stepButtons(change, card.to, steps)),
  ];
  return { text: `${asks ? 'Please review' : 'Reviewed'} ${nameOf(change)}.`, blocks: fitMessage(blocks) };
}
