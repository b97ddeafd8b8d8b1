import type { SlackPost } from './post.ts';
import { backup } from './posts/backup.ts';
import { boardAgenda, processReviewAgenda } from './posts/board-agenda.ts';
import { monthlyReport, weeklyReport } from './posts/period-reports.ts';
import { successRateAudit } from './posts/success-rate-audit.ts';

/** Everything that comes by the calendar. To add one: a file in `posts/`, its name in `policy/posts.ts`, a line here. */
export const POSTS: readonly SlackPost[] = [
  backup,
  weeklyReport,
  monthlyReport,
  successRateAudit,
  boardAgenda,
  processReviewAgenda,
];
