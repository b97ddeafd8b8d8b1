import type { KnownBlock, ModalView } from '@slack/types';
import type { Freeze } from '../../calendar/freezes.ts';
import { freezingTitles } from '../../change/freezing.ts';
import type { Planned } from '../../change/planned.ts';
import type { Declaration } from '../../freeze/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, header, section, sections } from '../blocks/blocks.ts';
import { count, escaped, mention, quote, span } from '../blocks/format.ts';
import { label, wordsInput } from '../blocks/inputs.ts';
import { freezeLine, scopeWords } from '../change/show-obstacles.ts';

export const FREEZES_LIST = {
  declare: 'freeze-declare',
  alter: 'freeze-alter',
  end: 'freeze-end',
  more: 'freeze-more',
  confirm: 'freeze-confirm',
  endForm: 'freeze-end-form',
} as const;

/** Slack takes a hundred blocks in a modal; each freeze takes two. */
const SHOWN = 40;

/**
 * The freezes that hold now or later, as many as a modal takes.
 * @param may which of them the reader may alter and end; @param from the first that is shown
 */
export function drawFreezes(
  policy: Policy,
  all: readonly Freeze[],
  { may, declares, from = 0 }: { may: (each: Freeze) => boolean; declares: boolean; from?: number },
): ModalView {
  const left = all.length - from - SHOWN;
  const turn = (label: string, n: number, to: number) => ({
    ...{ label, action: `${FREEZES_LIST.more}:${n}`, value: String(to) },
  });
  const turns = [
    ...(from > 0 ? [turn('Back to the first', 0, 0)] : []),
    ...(left > 0 ? [turn(`${left} more`, 1, from + SHOWN)] : []),
  ];
  return {
    type: 'modal',
    title: label('Freezes'),
    close: label('Close'),
    blocks: [
      ...(all.length > 0
        ? all.slice(from, from + SHOWN).flatMap((each, n) => row(policy, each, n, may(each)))
        : [section('No freeze holds now or in the coming year.')]),
      ...buttons([
        ...(declares
          ? [
              {
                ...{ label: 'Declare a freeze…', action: FREEZES_LIST.declare, value: 'new' },
                style: 'primary' as const,
              },
            ]
          : []),
        ...turns,
      ]),
      ...(declares ? [] : [context(whoMay(policy))]),
    ],
  };
}

/** Who may declare freezes and stop the line, for those who may do neither. */
function whoMay(policy: Policy): string {
  const [declare, stop] = [freezingTitles('declare', { policy }), freezingTitles('stop', { policy })];
  return escaped(
    declare === stop
      ? `The ${declare} can declare one, or stop the line.`
      : `The ${declare} can declare one. The ${stop} can stop the line.`,
  );
}

function row(policy: Policy, each: Freeze, n: number, may: boolean): KnownBlock[] {
  const from =
    'declaredBy' in each ? `declared by ${mention(String(each.declaredBy))}` : 'every year, by the policy';
  const spec = (name: string, action: string) => ({
    ...{ label: `${name}…`, action: `${action}:${n}`, value: each.id, spoken: `${name} this freeze` },
  });
  return [
    section(`${freezeLine(each)}\n${scopeWords(each.scope, policy)}  ·  ${from}`),
    ...(may ? buttons([spec('Alter', FREEZES_LIST.alter), spec('End', FREEZES_LIST.end)]) : []),
  ];
}

/** Why it can end before its time. */
export function drawEnd(id: string): ModalView {
  return {
    type: 'modal',
    callback_id: FREEZES_LIST.endForm,
    private_metadata: JSON.stringify({ id }),
    title: label('End the freeze'),
    submit: label('End it now'),
    close: label('Back'),
    blocks: [
      wordsInput('words', 'Why can it end now?'),
      context('The people of every change that it held are told.'),
    ],
  };
}

/**
 * All that it would hold, before it does.
 * @param of the freeze; where it is there already, as it was when it was seen
 * @param altered of one that is there already: what it would hold no more, and what it does not hold yet
 */
export function drawConfirm(
  policy: Policy,
  of: { id: string; seen: number | undefined },
  wanted: Declaration,
  caught: readonly Planned[],
  altered?: { released: readonly Planned[]; newly: readonly Planned[] },
): ModalView {
  const submit = wanted.kind === 'stop' ? 'Stop the line' : 'Declare it';
  const { released, newly } = altered ?? { released: [], newly: caught };
  return {
    type: 'modal',
    callback_id: FREEZES_LIST.confirm,
    private_metadata: JSON.stringify({ ...of, freeze: bare(wanted) }),
    title: label(altered ? 'Alter the freeze?' : 'Declare the freeze?'),
    submit: label(altered ? 'Alter it' : submit),
    close: label('Cancel'),
    blocks: [
      section(`${freezeLine(wanted)}\n${scopeWords(wanted.scope, policy)}`),
      header(caught.length > 0 ? `It holds ${count(caught.length, 'change')}` : 'It holds no change'),
      ...changeLines(caught, 240),
      ...(released.length > 0
        ? [header(`It holds ${count(released.length, 'change')} no more`), ...changeLines(released, 40)]
        : []),
      ...(newly.length > 0
        ? [
            context(
              'What is scheduled loses its place. Everybody whom it concerns is told, once, with free windows.',
            ),
          ]
        : []),
      ...(released.length > 0 ? [context('The people of what it holds no more are told, too.')] : []),
    ],
  };
}

function bare({ kind, startsAt, endsAt, reason, scope }: Declaration): Declaration {
  return { kind, startsAt, endsAt, reason, scope };
}

/** @param most a window takes 250 KB and a hundred blocks, and a line is three quarters of a KB at most */
function changeLines(changes: readonly Planned[], most: number): KnownBlock[] {
  const lines = changes.map(
    ({ number, title, status, startsAt, endsAt, implementer }) =>
      `• *${number}* ${quote(title, 80)} (${status}, ${mention(implementer)}): ${span(startsAt, endsAt)}`,
  );
  if (lines.length === 0) return [];
  return sections(lines.length > most ? [...lines.slice(0, most), `and ${lines.length - most} more`] : lines);
}
