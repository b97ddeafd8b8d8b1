import type { Option, RichTextBlock } from '@slack/types';
import type { InputValue } from '../../protocol.ts';
import type { Codec } from './use-answer.ts';

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A field of `state.values` that holds one string, and null when there is none. */
export function stringCodec(type: string, field: string, initial = ''): Codec<string> {
  return {
    read: (held) => (held ? string(held[field]) : initial),
    write: (value) => ({ type, [field]: value === '' ? null : value }),
  };
}

/** A field that holds a list of ids. */
export function idsCodec(type: string, field: string, initial: string[] = []): Codec<string[]> {
  return {
    read: (held) => (held ? list(held[field]).filter((one) => typeof one === 'string') : initial),
    write: (value) => ({ type, [field]: value }),
  };
}

/** `selected_option`; the control holds the option's value, '' for none. */
export function optionCodec(type: string, options: Option[], initial?: Option): Codec<string> {
  return {
    read: (held) => (held ? optionValue(held.selected_option) : (initial?.value ?? '')),
    write: (value) => ({ type, selected_option: options.find((one) => one.value === value) ?? null }),
  };
}

/** `selected_options`; the control holds the options' values. */
export function optionsCodec(type: string, options: Option[], initial: Option[] = []): Codec<string[]> {
  return {
    read: (held) => (held ? list(held.selected_options) : initial).map(optionValue),
    write: (values) => ({
      type,
      selected_options: options.filter((one) => one.value !== undefined && values.includes(one.value)),
    }),
  };
}

/** `rich_text_value`: kept as one plain section, which is what a textarea can say. */
export function richTextCodec(initial?: RichTextBlock): Codec<string> {
  return {
    read: (held) => textIn(held ? held.rich_text_value : initial),
    write: (value): InputValue => ({
      type: 'rich_text_input',
      rich_text_value: value
        ? {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: value }] }],
          }
        : null,
    }),
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function optionValue(option: unknown): string {
  return typeof option === 'object' && option !== null && 'value' in option ? string(option.value) : '';
}

function textIn(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  if ('text' in node) return string(node.text);
  return 'elements' in node ? list(node.elements).map(textIn).join('') : '';
}
