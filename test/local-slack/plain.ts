import type { PlainTextElement } from '@slack/types';

/** Text without markup, as Slack's blocks and views ask for it. */
export const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });
