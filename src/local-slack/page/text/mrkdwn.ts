/**
 * Slack's mrkdwn as a tree. Only what Slack itself understands: *bold*, _italic_, ~struck~, `code`, fences,
 * "> " quotes, `<…>` links and mentions, :emoji:.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'style'; style: 'strong' | 'em' | 's'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'link'; url: string; label?: string }
  | { kind: 'user'; id: string }
  | { kind: 'channel'; id: string; label?: string }
  | { kind: 'group'; id: string; label?: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; at: number; pattern: string; url?: string; fallback: string };

export type Chunk =
  | { kind: 'fence'; text: string }
  | { kind: 'quote'; lines: Inline[][] }
  | { kind: 'lines'; lines: Inline[][] };

/** Parses a mrkdwn text as Slack stores it, with `&amp; &lt; &gt;` escaped. */
export function parseMrkdwn(text: string): Chunk[] {
  // With one capturing group, split() gives text and fence by turns.
  return text.split(/```\n?([\s\S]*?)\n?```/).flatMap((part, index): Chunk[] => {
    if (index % 2 === 1) return [{ kind: 'fence', text: unescaped(part) }];
    return part.trim() === '' ? [] : lineChunks(part.replace(/^\n|\n$/g, ''));
  });
}

function lineChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    const kind = quoted ? 'quote' : 'lines';
    const last = chunks.at(-1);
    const parsed = parseInline(quoted?.[1] ?? line);
    if (last?.kind === kind) last.lines.push(parsed);
    else chunks.push({ kind, lines: [parsed] });
  }
  return chunks;
}

// A mark opens after a gap or punctuation, hugs its content, and closes before a gap or punctuation. A code
// span and <…> come first and are whole wherever they stand, so that marks inside them stay as they are.
const WHOLE = '<[^<>\\n]+>|`[^`\\n]+`';
/** What may stand between two marks, where it does not hold `not`. */
const between = (not: string) =>
  `(?:${WHOLE}|[^\\s<${not}])(?:(?:${WHOLE}|[^\\n<${not}])*?(?:${WHOLE}|[^\\s<${not}]))?`;
const TOKEN = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<angle>[^<>\\n]+)>',
    '(?<bare>https?://[^\\s<>|]*[^\\s<>|.,;:!?)])',
    ':(?<emoji>[a-z0-9_+-]+):',
    `(?<![\\p{L}\\p{N}*])\\*(?<strong>${between('*')})\\*(?![\\p{L}\\p{N}*])`,
    `(?<![\\p{L}\\p{N}_])_(?<em>${between('')})_(?![\\p{L}\\p{N}_])`,
    `(?<![\\p{L}\\p{N}~])~(?<s>${between('~')})~(?![\\p{L}\\p{N}~])`,
  ].join('|'),
  'gu',
);

/** Parses one line of mrkdwn. */
export function parseInline(line: string): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > from) out.push({ kind: 'text', text: unescaped(line.slice(from, match.index)) });
    out.push(inline(match.groups ?? {}, match[0]));
    from = match.index + match[0].length;
  }
  if (from < line.length) out.push({ kind: 'text', text: unescaped(line.slice(from)) });
  return out;
}

function inline(groups: Record<string, string | undefined>, whole: string): Inline {
  const { code, angle, bare, emoji, strong, em, s } = groups;
  if (code !== undefined) return { kind: 'code', text: unescaped(code) };
  if (angle !== undefined) return parseAngle(angle);
  if (bare !== undefined) return { kind: 'link', url: unescaped(bare) };
  if (emoji !== undefined) return { kind: 'emoji', name: emoji };
  if (strong !== undefined) return { kind: 'style', style: 'strong', children: parseInline(strong) };
  if (em !== undefined) return { kind: 'style', style: 'em', children: parseInline(em) };
  if (s !== undefined) return { kind: 'style', style: 's', children: parseInline(s) };
  return { kind: 'text', text: whole };
}

/** What stands between < and >. */
function parseAngle(inside: string): Inline {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? {} : { label: unescaped(inside.slice(bar + 1)) };
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1) };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), ...label };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice(9), ...label };
  if (target.startsWith('!date^')) return parseDate(target, label.label ?? '');
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1) };
  return { kind: 'link', url: unescaped(target), ...label };
}

/** `!date^1392734382^{date} at {time}^https://…`; its fallback where there is nothing to fill in. */
function parseDate(target: string, fallback: string): Inline {
  const [, seconds, pattern = '', url] = target.split('^');
  const at = Number(seconds) * 1000;
  if (!Number.isFinite(at) || !/\{(date|time|ago)/.test(pattern))
    return { kind: 'text', text: unescaped(fallback) };
  return { kind: 'date', at, pattern: unescaped(pattern), fallback, ...(url ? { url } : {}) };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
