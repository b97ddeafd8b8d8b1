import { boardReviewDue, verificationDue } from './duties.ts';
import type { Card } from './effects.ts';
import { isUnderReview } from './states.ts';
import type { Change } from './types.ts';

/**
 * Whether a card that has waited for its turn still asks its person for something: after an outage, or a day on which
 * they had had enough messages, much of it may have been done by others.
 */
export function isWanted(card: Card, change: Change): boolean {
  switch (card.card) {
    case 'headline':
    case 'requester':
    case 'rate':
      return true;
    case 'ask': {
      if (!isUnderReview(change)) return false;
      const { stage, round, asked } = change.open;
      const theirs = Object.values(asked).some((people) => people.includes(card.to));
      return theirs && stage === card.stage && round === card.round;
    }
    case 'implement':
      return 'approvedAt' in change && change.approvedAt === card.approvedAt && !('finishedAt' in change);
    case 'verify':
      return verificationDue(change) !== undefined;
    case 'board-review':
      return boardReviewDue(change) !== undefined;
    default:
      return card satisfies never;
  }
}
