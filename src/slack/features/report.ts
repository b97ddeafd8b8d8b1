import * as z from 'zod';
import { Refusal } from '../../change/refusal.ts';
import type { Change } from '../../change/types.ts';
import { askForFile } from '../../engine/export.ts';
import { makeReport, periodAt, periodBack, type ReportKind } from '../../engine/reports.ts';
import { WORKSPACE } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { thisYear } from '../blocks/year.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, isNumber } from '../find.ts';
import { drawPeriodReport, REPORT_ACTION } from '../report/period-report.ts';
import { drawReportHere } from '../report/report-view.ts';

/** Further back than anybody looks; and what was typed is a number, whatever it is. */
const MOST_BACK = 520;

const place = z
  .string()
  .regex(/^(week|month)\|\d{1,15}$/)
  .transform((value) => value.split('|'))
  .transform(([kind, start]) => ({
    kind: kind === 'month' ? ('month' as const) : ('week' as const),
    start: Number(start),
  }));

/** `/change report`: the report of any week or month, at any time, by anybody. */
export function report(world: World): Feature {
  async function draw(kind: ReportKind, period: ReturnType<typeof periodBack>) {
    return drawPeriodReport(await makeReport(world, kind, period), world.policy);
  }

  return {
    words: [
      {
        name: 'report',
        group: 'look',
        usage: `[week | month] [back 1] | ${world.policy.prefix}-…`,
        help: 'See how changes went this week or month, or some of them back; or how one was carried out',
        async run({ words, here, reply }) {
          const named = isNumber(words) ? words : words.trim() ? undefined : here;
          const change = named && (await changeNamed(world, named, thisYear(world)));
          if (change && 'finishedAt' in change) return reply(drawReportHere(change));
          if (change && named !== here) throw notYet(change);
          // Beside a change that has not been carried out, `report` alone means the week.
          const { kind, back } = readReportWords(words);
          await reply(await draw(kind, periodBack(world, kind, back)));
        },
      },
    ],
    listen({ button }) {
      for (const [action, as] of [
        [REPORT_ACTION.markdown, 'md'],
        [REPORT_ACTION.csv, 'csv'],
        [REPORT_ACTION.picture, 'png'],
      ] as const)
        button(action, async ({ by, value, reply }) => {
          await askForFile(world, WORKSPACE, { of: 'report', ...readPlace(value), as }, by);
          await reply(
            plainly('I am writing the report to a file. It comes to your direct messages with me.'),
          );
        });
      button(REPORT_ACTION.earlier, async ({ value, reply }) => {
        const { kind, start } = readPlace(value);
        await reply(await draw(kind, periodAt(world, kind, start, 'last')));
      });
    },
  };
}

function notYet({ number, status }: Change): Refusal {
  return new Refusal('not now', `${number} is ${status} now; it has a report once it has been carried out.`);
}

/** What a report's button is on. @throws {Refusal} when it is none of Docket's */
function readPlace(value: unknown): { kind: ReportKind; start: number } {
  const parsed = place.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change report`.');
}

/** `week`, `month back 2`, `last month`. @throws {Refusal} saying how to ask */
function readReportWords(words: string): { kind: ReportKind; back: number } {
  const asked = /^(?<last>last )?(?<kind>week|month)?(?: ?back(?: (?<back>\d{1,4}))?)?$/.exec(
    words.trim().toLowerCase().replaceAll(/\s+/g, ' '),
  );
  const { last, kind, back } = asked?.groups ?? {};
  const n = back === undefined ? (/back$/.test(words.trim()) || last ? 1 : 0) : Number(back);
  if (!asked || n > MOST_BACK)
    throw new Refusal(
      'unknown',
      'Please say `/change report week`, `month`, or how many of them back: `week back 1`.',
    );
  return { kind: kind === 'month' ? 'month' : 'week', back: n };
}
