import type { ModalView } from '@slack/types';
import { reportSections, type Section, type Style } from '../../change/report/sections.ts';
import { reportOf } from '../../change/report.ts';
import type { Change } from '../../change/types.ts';
import { context, type Drawn, divider, header, section, sections } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { day, inLine, mention, nameOf, said, when } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';

/** In a message of 4,000 characters all of an ordinary report is to be seen; in a window there is room. */
const IN_MESSAGE = { line: 100, words: 250, most: 5 };
const IN_WINDOW = { line: 300, words: 1500, most: 12 };

/** The implementation report in a window of its own, under the headings of the guide's template. */
export function drawReport(change: Change): ModalView {
  const parts = written(change, IN_WINDOW);
  return {
    type: 'modal',
    title: label('Implementation report'),
    close: label('Close'),
    blocks: [
      section(`*${nameOf(change)}*`),
      ...(parts.length > 0
        ? parts.flatMap(({ title, lines }) => [divider, header(title), ...sections(lines)])
        : [section('It has not been carried out yet, so there is nothing to report.')]),
    ],
  };
}

/** The same as a message of its own, for who asks for it where the change stands. */
export function drawReportHere(change: Change): Drawn {
  const text = `The implementation report of ${nameOf(change)}`;
  return {
    text,
    blocks: fitMessage([
      ...sections([`*${text}*`, '', ...reportText(change).split('\n')]),
      context('`report week` gives the report of the week.'),
    ]),
  };
}

/** The same as the text of a message, for the history of a change that closes. */
export function reportText(change: Change): string {
  return written(change, IN_MESSAGE)
    .map(({ title, lines }) => [`*${title.toUpperCase()}*`, ...lines].join('\n'))
    .join('\n\n');
}

function written(change: Change, most: typeof IN_WINDOW): Section[] {
  const report = reportOf(change);
  const style: Style = {
    ...{ person: mention, time: when, day, most: most.most },
    strong: (words) => `*${words}*`,
    inline: (words) => inLine(words, most.line),
    said: (words) => said(words, most.words),
  };
  return report ? reportSections(report, style) : [];
}
