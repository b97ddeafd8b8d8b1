import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  SectionBlock,
} from '@slack/types';
import { cut, cutMarkup } from './format.ts';
import { label } from './inputs.ts';

/** Slack's limits, as far as this bot's messages come near them. */
const MOST = { section: 3000, header: 150, field: 2000, button: 75 } as const;

/** A message as it is posted. `text` is all that a notification or a screen reader may get. */
export interface Drawn {
  text: string;
  blocks: KnownBlock[];
}

/** `verbatim` keeps Slack from finding @channel, #rooms and links in what people wrote. */
function mrkdwn(text: string, most: number): MrkdwnElement {
  return { type: 'mrkdwn', text: cutMarkup(text, most), verbatim: true };
}

export function section(markdown: string): SectionBlock {
  return { type: 'section', text: mrkdwn(markdown, MOST.section) };
}

/** Lines in as few sections as Slack's limit takes. */
export function sections(lines: readonly string[]): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && longer.length <= MOST.section) texts[texts.length - 1] = longer;
    else texts.push(line);
  }
  return texts.map(section);
}

/** Pairs of label and text, two beside each other; Slack takes ten. */
export function pairs(list: readonly (readonly [label: string, text: string])[]): SectionBlock {
  const fields = list.slice(0, 10).map(([label, text]) => mrkdwn(`*${label}*\n${text}`, MOST.field));
  return { type: 'section', fields };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: cut(text, MOST.header), emoji: false } };
}

export function context(markdown: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(markdown, MOST.section)] };
}

export const divider: DividerBlock = { type: 'divider' };

export interface ButtonSpec {
  label: string;
  action: string;
  value: string;
  style?: 'primary' | 'danger';
  /** Said before something that cannot be undone. */
  confirm?: { title: string; text: string; yes: string; no?: string };
  /** What a screen reader says instead of the label, where the label alone does not name its object. */
  spoken?: string;
}

export function button({ label: words, action, value, style, confirm, spoken }: ButtonSpec): Button {
  return {
    type: 'button',
    text: label(cut(words, MOST.button)),
    action_id: action,
    value,
    ...(style && { style }),
    ...(spoken && { accessibility_label: cut(spoken, MOST.button) }),
    ...(confirm && {
      confirm: {
        title: label(confirm.title),
        text: mrkdwn(confirm.text, 300),
        confirm: label(confirm.yes),
        deny: label(confirm.no ?? 'Keep it'),
      },
    }),
  };
}

/** A row of buttons, or nothing when there are none. */
export function buttons(list: readonly ButtonSpec[]): ActionsBlock[] {
  return list.length > 0 ? [{ type: 'actions', elements: list.map(button) }] : [];
}

/** A sentence for one person: a refusal, a mishap, an answer. */
export function plainly(sentence: string): Drawn {
  return { text: cutMarkup(sentence, MOST.section), blocks: [section(sentence)] };
}
