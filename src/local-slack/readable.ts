import { optionsOf, textOf, VALUE_FIELD } from './elements.ts';
import { isObj, type Obj, obj, objs, str } from './json.ts';
import type { Values } from './values.ts';

/** What a reader knows that the blocks do not say. */
interface Reading {
  /** The name of a person, channel or group by its id. */
  nameOf?: (id: string) => string | undefined;
  /** What the inputs hold. */
  values?: Values;
}

/** Blocks as a screen reader would say them: one line for each thing, buttons in brackets. */
export function readable(blocks: readonly unknown[], reading: Reading = {}): string {
  return objs([...blocks])
    .flatMap((block) => readBlock(block, reading))
    .filter((line) => line.trim() !== '')
    .join('\n');
}

function readBlock(block: Obj, reading: Reading): string[] {
  const say = (value: unknown) => readText(value, reading);
  switch (block.type) {
    case 'section':
      return [say(block.text), ...objs(block.fields).map(say), readElement(block.accessory, block, reading)];
    case 'header':
    case 'alert':
      return [say(block.text)];
    case 'context':
      return [
        objs(block.elements)
          .map((one) => str(one.alt_text) || say(one))
          .join(' · '),
      ];
    case 'actions':
    case 'context_actions':
      return [
        objs(block.elements)
          .map((one) => readElement(one, block, reading))
          .join(' '),
      ];
    case 'input':
      return [`${textOf(block.label)}: ${readElement(block.element, block, reading)}`, textOf(block.hint)];
    case 'image':
    case 'video':
      return [textOf(block.title), str(block.alt_text)];
    case 'markdown':
      return [str(block.text)];
    case 'card':
      return [
        ...[block.title, block.subtitle, block.body].map(say),
        readButtons(block.actions, block, reading),
      ];
    case 'carousel':
      return objs(block.elements).flatMap((one) => readBlock(one, reading));
    case 'container':
      return [
        say(block.title ?? block.rich_text_title),
        say(block.subtitle),
        readable(objs(block.child_blocks), reading),
      ];
    case 'table':
    case 'data_table':
      return [str(block.caption), ...readRows(block.rows, reading)];
    case 'data_visualization':
      return [str(block.title), ...readChart(obj(block.chart))];
    default:
      return [say(block)];
  }
}

function readButtons(elements: unknown, block: Obj, reading: Reading): string {
  return objs(elements)
    .map((one) => readElement(one, block, reading))
    .join(' ');
}

function readRows(rows: unknown, reading: Reading): string[] {
  if (!Array.isArray(rows)) return [];
  const cell = (one: Obj) => readText(one, reading) || String(one.value ?? '');
  return rows.map((row) => objs(row).map(cell).join(' | '));
}

function readChart(chart: Obj): string[] {
  const points = (data: unknown) => objs(data).map(({ label, value }) => `${String(label)} ${String(value)}`);
  const slices = points(chart.segments);
  const series = objs(chart.series).map(({ name, data }) => `${str(name)}: ${points(data).join(', ')}`);
  return [...(slices.length > 0 ? [slices.join(', ')] : []), ...series];
}

function readElement(element: unknown, block: Obj, reading: Reading): string {
  if (!isObj(element)) return '';
  if (element.type === 'image') return str(element.alt_text);
  if (element.type === 'button') return `[${textOf(element.text)}]`;
  if (element.type === 'overflow')
    return optionsOf(element)
      .map((one) => `[${textOf(one.text)}]`)
      .join(' ');
  const value = reading.values?.[str(block.block_id)]?.[str(element.action_id)];
  const held = obj(value)[VALUE_FIELD[str(element.type)] ?? ''];
  if (element.type === 'checkboxes') return readTicks(element, held ?? element.initial_options);
  return readValue(held, reading) || `(${textOf(element.placeholder) || 'empty'})`;
}

/** All that can be ticked, each with its mark: "☑ Backed up, ☐ Told support". */
function readTicks(element: Obj, held: unknown): string {
  const ticked = Array.isArray(held) ? objs(held).map(({ value }) => value) : [];
  return optionsOf(element)
    .map(({ text, value }) => `${ticked.includes(value) ? '☑' : '☐'} ${textOf(text)}`)
    .join(', ');
}

function readValue(held: unknown, reading: Reading): string {
  if (Array.isArray(held)) return held.map((one) => readValue(one, reading)).join(', ');
  if (isObj(held)) return readText(held.text ?? held, reading);
  if (held === null || held === undefined) return '';
  return reading.nameOf?.(String(held)) ?? String(held);
}

/** A text object, or rich text with all that is in it. */
function readText(value: unknown, reading: Reading): string {
  if (!isObj(value)) return '';
  if (typeof value.text === 'string')
    return value.type === 'mrkdwn' ? readMarkup(value.text, reading) : value.text;
  const name = value.user_id ?? value.channel_id ?? value.usergroup_id;
  if (typeof name === 'string') return `@${reading.nameOf?.(name) ?? name}`;
  if (typeof value.fallback === 'string') return value.fallback;
  if (typeof value.url === 'string') return value.url;
  return objs(value.elements)
    .map((one) => readText(one, reading))
    .join(value.type === 'rich_text' ? '\n' : '');
}

/** A character of the private use area stands for each reference. */
const ASIDE = '\ue000';

/** Slack's markup as plain words: names for ids, the words of links and dates, no marks for bold and italic. */
export function readMarkup(text: string, reading: Reading = {}): string {
  // What a reference says is no markup, so it is set aside while the marks are read.
  const references: string[] = [];
  return text
    .replaceAll(/<([^<>]+)>/g, (_whole, inner: string) => {
      references.push(readReference(inner, reading));
      return ASIDE;
    })
    .replaceAll(/(?<![\p{L}\d])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\d])/gu, '$2')
    .replaceAll(ASIDE, () => references.shift() ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function readReference(inner: string, reading: Reading): string {
  const [target = '', label] = inner.split('|');
  const id = /^(?:@|#|!subteam\^)(\w+)$/.exec(target)?.[1];
  if (id !== undefined) return `${target.startsWith('#') ? '#' : '@'}${reading.nameOf?.(id) ?? label ?? id}`;
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  return label ?? target;
}
