import type { PostId } from '../policy/posts.ts';
import type { Edition } from '../posts/types.ts';
import type { SlackPost } from './post.ts';
import { backup } from './posts/backup.ts';
import { boardAgenda, processReviewAgenda } from './posts/board-agenda.ts';
import { digest } from './posts/digest.ts';
import { monthlyReport, weeklyReport } from './posts/period-reports.ts';
import { quarterlyReview, training, workflowReview } from './posts/process-review.ts';
import { successRateAudit } from './posts/success-rate-audit.ts';

/** Everything that comes by the calendar. To add one: a file in `posts/`, its name in `policy/posts.ts`, a line here. */
export const POSTS: readonly SlackPost[] = [
  backup,
  digest,
  ...[weeklyReport, monthlyReport],
  ...[boardAgenda, processReviewAgenda],
  ...[successRateAudit, quarterlyReview, workflowReview, training],
];

/** What keeps the process in order: posts that ask for something. */
export const UPKEEP: readonly PostId[] = POSTS.flatMap(({ id, title }) => (title ? [id] : []));

export function titleOf(edition: Edition): string {
  return POSTS.find(({ id }) => id === edition.post)?.title?.(edition) ?? edition.id;
}
