import { makeReport, type Report, type ReportKind, withHead } from '../../engine/reports.ts';
import type { PostId } from '../../policy/posts.ts';
import { ANNOUNCEMENTS } from '../../posts/types.ts';
import type { SlackPost } from '../post.ts';
import { drawPeriodReport } from '../report/period-report.ts';

/** The report of the week that is over, on Monday; it keeps the figures that it came with, and the record's head. */
export const weeklyReport = reportOf('weekly_report', 'week');

/** The same of the month, on its first working day after. */
export const monthlyReport = reportOf('monthly_report', 'month');

function reportOf(id: PostId, every: ReportKind): SlackPost<Report> {
  return {
    ...{ id, every, about: 'last' },
    make: async (world, period) => ({
      to: [ANNOUNCEMENTS],
      says: await withHead(world, await makeReport(world, every, period)),
    }),
    async draw({ policy }, { says }) {
      if (!says) throw new Error('a report says its figures');
      return drawPeriodReport(says, policy);
    },
  };
}
