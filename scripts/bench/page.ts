/** docs/performance.md, whose sections are measured and written one by one; pure, so that it can be tested. */

/** The sections, in their order on the page. */
export const SECTIONS = ['clicks', 'million', 'reports', 'calendar', 'start'] as const;
export type SectionName = (typeof SECTIONS)[number];

export interface Section {
  name: SectionName;
  title: string;
  /** Markdown, below the title and the line that says when and where it was measured. */
  lines: readonly string[];
}

const HEAD = `# Performance

Written by \`npm run bench\`; do not edit. Each section says when and where it was measured, and what was run for it.
Absolute figures are those of one machine with other work on it: trust the ratios, which were taken in one run.
`;

const MARK = /<!-- (\w+) -->\n([\s\S]*?)<!-- end -->\n/g;

/**
 * The page with this section written anew; what other runs have measured stays as it is.
 * @param measured when, where and by which command
 */
export function withSection(page: string, { name, title, lines }: Section, measured: string): string {
  const written = new Map([...page.matchAll(MARK)].map(([, key = '', text = '']) => [key, text]));
  written.set(name, `\n## ${title}\n\n*${measured}*\n\n${lines.join('\n').trim()}\n\n`);
  const sections = SECTIONS.flatMap((key) => {
    const text = written.get(key);
    return text === undefined ? [] : [`<!-- ${key} -->\n${text}<!-- end -->\n`];
  });
  return [HEAD, ...sections].join('\n');
}

/** A table in Markdown: names on the left, figures on the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
}
