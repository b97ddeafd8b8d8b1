/** What could be read as an invisible part of a line, or as its end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A text of somebody's that says in Markdown what it says, and nothing else: no heading, list, box, table or link. */
export function escapedMarkdown(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(CONTROLS, ' ')
      .replaceAll(/[\\`*_{}[\]<>#|~&!$]/g, '\\$&')
      // Only at the beginning of a line do these mean something: lists, rules, headings underlined, code by indent.
      .replaceAll(/^[ \t]+/gm, (indent) => '\u00a0'.repeat(indent.length))
      .replaceAll(/^[-+=]/gm, '\\$&')
      .replaceAll(/^(\d{1,9})([.)])/gm, '$1\\$2')
      // What GitHub and others make links of by themselves.
      .replaceAll('://', '\\://')
      .replaceAll(/www\./gi, (www) => `${www.slice(0, -1)}\\.`)
  );
}

/** A longer text of somebody's as a quotation, line by line. */
export function quotedMarkdown(text: string): string {
  return escapedMarkdown(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('  \n');
}

/** A short one, within a line. */
export function inlineMarkdown(text: string): string {
  return escapedMarkdown(text.replaceAll(/\s+/g, ' ').trim());
}
