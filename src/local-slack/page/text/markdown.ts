/**
 * Standard Markdown for Slack's `markdown` block, as much of it as bots write: headings, lists, task lists,
 * quotes, fences, tables, rules, and the usual marks inside a line.
 */
export type MdBlock =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'fence'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'list'; ordered: boolean; items: { text: string; indent: number; done?: boolean }[] }
  | { kind: 'table'; rows: string[][] }
  | { kind: 'rule' }
  | { kind: 'text'; text: string };

export function parseMarkdown(text: string): MdBlock[] {
  return text.split(/^```[^\n]*\n([\s\S]*?)\n?^```[^\n]*$/m).flatMap((part, index): MdBlock[] => {
    return index % 2 === 1 ? [{ kind: 'fence', text: part }] : parseLines(part.split('\n'));
  });
}

function parseLines(lines: string[]): MdBlock[] {
  const blocks: MdBlock[] = [];
  let gap = true;
  for (const line of lines) {
    const block = parseLine(line);
    const last = blocks.at(-1);
    if (!block) gap = true;
    else {
      const merged = !gap && last && merge(last, block);
      if (!merged) blocks.push(block);
      gap = false;
    }
  }
  return blocks;
}

/** The block that this line alone would be; undefined for an empty line. */
function parseLine(line: string): MdBlock | undefined {
  if (line.trim() === '') return undefined;
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return { kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' };
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return { kind: 'rule' };
  const quote = /^>\s?(.*)$/.exec(line);
  if (quote) return { kind: 'quote', text: quote[1] ?? '' };
  const item = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/.exec(line);
  if (item) {
    const [, space = '', mark = '', box, text = ''] = item;
    const done = box === undefined ? {} : { done: box !== ' ' };
    return { kind: 'list', ordered: /\d/.test(mark), items: [{ text, indent: space.length >> 1, ...done }] };
  }
  if (/^\s*\|.*\|\s*$/.test(line)) {
    const cells = line.trim().slice(1, -1).split('|');
    return { kind: 'table', rows: [cells.map((cell) => cell.trim())] };
  }
  return { kind: 'text', text: line };
}

/** Adds a line's block to the one before when they belong together. */
function merge(last: MdBlock, next: MdBlock): boolean {
  if (last.kind === 'list' && next.kind === 'list' && last.ordered === next.ordered)
    last.items.push(...next.items);
  else if (last.kind === 'table' && next.kind === 'table') {
    const isRule = next.rows[0]?.every((cell) => /^:?-+:?$/.test(cell));
    if (!isRule) last.rows.push(...next.rows);
  } else if ((last.kind === 'text' || last.kind === 'quote') && next.kind === last.kind)
    last.text += `\n${next.text}`;
  else return false;
  return true;
}
