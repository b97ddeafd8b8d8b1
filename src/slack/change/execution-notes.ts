import type { ExecutionEvent } from '../../change/execution.ts';
import type { Change, ChangeEvent } from '../../change/types.ts';
import { escaped, inStead, mention, said } from '../blocks/format.ts';
import { reportText } from '../report/report-view.ts';
import { RESULTS } from './evidence.ts';

type Executed = Extract<ChangeEvent, ExecutionEvent>;

/** What an event of the execution is called in the history; nothing if it is no news. */
export function executionWords(event: Executed, change: Change): string | undefined {
  const who = mention(event.by);
  const { testsBefore, testsAfter, strategies, verification } = change.execution;
  const words = (text: string | undefined) => (text ? `:\n${said(text, 1000)}` : '.');
  switch (event.type) {
    case 'TestsRecorded': {
      const title = (id: string) =>
        escaped([...testsBefore, ...testsAfter].find((test) => test.id === id)?.title ?? id);
      const results = (['pass', 'fail', 'not applicable'] as const).flatMap((result) => {
        const tests = event.tests.filter((test) => test.result === result).map(({ test }) => title(test));
        return tests.length > 0 ? [`*${RESULTS[result].toLowerCase()}*: ${tests.join(', ')}`] : [];
      });
      return `${who} recorded tests. ${results.join('; ').replace(/^\*./, (start) => start.toUpperCase())}.`;
    }
    case 'Started':
      return `🔧 ${who} *started* it (${escaped(strategies.find(({ id }) => id === event.strategy)?.title ?? event.strategy)}).`;
    case 'Noted':
      return `${who} noted${words(event.words)}`;
    case 'HandedOver':
      return `🤝 ${event.by === event.from ? `${who} *handed it over*` : `${who}${inStead(event.for)} *handed it over* from ${mention(event.from)}`} to ${mention(event.to)}${words(event.words)}`;
    case 'Finished':
      return `🏁 ${who} *finished* it: *${event.outcome}*${words(event.words)}`;
    case 'RolledBack':
      return `⏪ ${who} *rolled it back*${words(event.words)}`;
    case 'Verified': {
      const open = verification
        .filter(({ id }) => !event.met.includes(id))
        .map(({ title }) => escaped(title));
      const unmet = open.length > 0 ? ` Left open: ${open.join(', ')}` : '';
      return `🔎 ${who}${inStead(event.for)} *verified* it.${unmet}${event.words ? words(event.words) : ''}`;
    }
    case 'ChangeClosed':
      return `📁 *${change.number} is closed.* Its report:\n\n${reportText(change)}`;
    case 'Cancelled':
      return `🚫 ${who}${inStead(event.for)} *cancelled* it${words(event.words)}`;
    case 'Expired':
      return `⌛ *${change.number} has expired*: it was approved and not carried out in time.`;
    case 'Prepared':
    case 'StepsDone':
      return undefined;
    default:
      return event satisfies never;
  }
}
