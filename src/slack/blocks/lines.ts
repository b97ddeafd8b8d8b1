import type { KnownBlock } from '@slack/types';
import type { Holders } from '../../change/holders.ts';
import type { Change } from '../../change/types.ts';
import { showRisk } from '../change/show-field.ts';
import { statusLine, windowBeside } from '../change/status.ts';
import { ACTION, recordButton } from '../change/step-buttons.ts';
import { targetOf } from '../ids.ts';
import { type ButtonSpec, buttons, section } from './blocks.ts';
import { quote } from './format.ts';

/** One change of a list, in two lines. */
export function changeLine(change: Change, holders: Holders): string {
  const title = quote(change.proposal.title ?? '', 120);
  const facts = [statusLine(change, holders), showRisk(change.risk), ...windowBeside(change)];
  return `*${change.number}*  ${title}\n${facts.join('  ·  ')}`;
}

/** A change of a list with its buttons. `n` tells them apart: Slack wants every action id once in a message. */
export function changeRow(
  change: Change,
  holders: Holders,
  n: number,
  first: readonly ButtonSpec[],
  remark = '',
): KnownBlock[] {
  return [
    section(`${changeLine(change, holders)}${remark && `\n${remark}`}`),
    ...buttons([...first, recordButton(change)].map((spec) => ({ ...spec, action: `${spec.action}:${n}` }))),
  ];
}

/** Approve, where it is this person's to give. */
export function approveButton(change: Change): ButtonSpec {
  return {
    label: 'Approve',
    action: ACTION.approve,
    value: targetOf(change),
    style: 'primary',
    spoken: `Approve ${change.number}`,
  };
}
