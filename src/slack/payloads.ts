import type { BlockAction, MessageShortcut } from '@slack/bolt';
import { z } from 'zod';
import { unsuffixed } from './block-id.ts';
import type { Chosen, Pressed } from './listen.ts';
import { stateValues } from './parse-form.ts';

/** The message, and its address as Slack makes it. */
export function messageOf({ message, message_ts: ts, channel, team }: MessageShortcut): Chosen['message'] {
  const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const path = `archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
  return { text: message.text ?? '', link: `https://${team?.domain ?? 'app'}.slack.com/${path}` };
}

/** The view that an element was pressed in, with what is typed into it. */
export function viewOf(view: NonNullable<BlockAction['view']>): NonNullable<Pressed['view']> {
  const values = stateValues.safeParse(view.state?.values).data ?? {};
  return {
    id: view.id,
    callback: view.callback_id,
    metadata: view.private_metadata,
    values,
  };
}

const choice = z.object({
  block_id: z.string().default('').transform(unsuffixed),
  selected_options: z.array(z.object({ value: z.string() })).default([]),
});

/** The block of an element, and what is now ticked in it. */
export function choiceOf(action: object): Pick<Pressed, 'block' | 'chosen'> {
  const parsed = choice.safeParse(action).data;
  return { block: parsed?.block_id ?? '', chosen: parsed?.selected_options.map(({ value }) => value) ?? [] };
}

export function carriedBy(action: object): unknown {
  return 'value' in action ? action.value : undefined;
}
