import type { KnownBlock } from '@slack/types';
import type { Edition } from '../posts/types.ts';
import { type ButtonSpec, buttons, context, section } from './blocks/blocks.ts';
import { inStead, mention, said, when } from './blocks/format.ts';

/** The button that says that what a post has asked for is done. */
export const DONE = 'post-done';

export function doneButton({ id }: Pick<Edition, 'id'>, name: string, n?: number): ButtonSpec {
  const action = n === undefined ? DONE : `${DONE}:${n}`;
  return { label: 'Done…', action, value: id, style: 'primary', spoken: `Done: ${name}` };
}

/** By when a post's duty is to be done and the button for it, or by whom it was and with which words. */
export function dutyBlocks(edition: Edition, name: string): KnownBlock[] {
  const { duty, done } = edition;
  if (!duty) return [];
  if (done)
    return [
      section(
        `✅ Done by ${mention(done.by)}${inStead(done.for)}, ${when(done.at)}:\n${said(done.words, 1500)}`,
      ),
    ];
  return [
    context(`To be done by ${when(duty.deadline)}, and recorded here with what came of it.`),
    ...buttons([doneButton(edition, name)]),
  ];
}
