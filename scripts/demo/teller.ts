/** Where the demo writes, a line at a time, and whether marks for colours may be in it. */
export interface Output {
  write(line: string): void;
  colour: boolean;
}

/** Tells what happens: who, where and when on the left, what was said or filled in indented below. */
export interface Teller {
  title(words: string): void;
  /** One thing that happened at that instant. */
  happens(at: number, words: string): void;
  /** What somebody read there, line by line. */
  quotes(text: string): void;
  /** What was put into a form. */
  fields(rows: [label: string, value: string][]): void;
  line(words?: string): void;
}

const WIDTH = 110;
const INDENT = 12;
const QUOTE = INDENT + 2;
const COMPANY_ZONE = 'Europe/Berlin';

export function makeTeller({ write, colour }: Output): Teller {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [bold, dim, cyan] = [1, 2, 36].map((code) => (text: string) => paint(code, text));
  const body = (text: string, indent: number) => {
    for (const line of text.split('\n').flatMap((each) => wrapped(each, WIDTH - indent)))
      write(
        line && ' '.repeat(indent) + line.replaceAll(/\[[^\]]+\]/g, (button) => cyan?.(button) ?? button),
      );
  };
  return {
    title: (words) => {
      write('');
      write(bold?.(`━━ ${words} ${'━'.repeat(Math.max(2, WIDTH - words.length - 4))}`) ?? words);
      write('');
    },
    happens: (at, words) => {
      const [first = '', ...rest] = wrapped(words, WIDTH - INDENT);
      write(`${dim?.(timeIn(at, COMPANY_ZONE).padEnd(INDENT))}${bold?.(first)}`);
      for (const line of rest) write(' '.repeat(INDENT) + (bold?.(line) ?? line));
    },
    quotes: (text) => {
      body(text, QUOTE);
      write('');
    },
    fields: (rows) => {
      const wide = Math.max(...rows.map(([label]) => label.length)) + 2;
      for (const [label, value] of rows) {
        const [first = '', ...rest] = value
          .split('\n')
          .flatMap((each) => wrapped(each, WIDTH - QUOTE - wide));
        write(`${' '.repeat(QUOTE)}${dim?.(label.padEnd(wide))}${first}`);
        for (const line of rest) write(' '.repeat(QUOTE + wide) + line);
      }
    },
    line: (words = '') => write(words),
  };
}

/** A text in lines of at most `width` characters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `Wed 10:00` */
function timeIn(at: number, timeZone: string): string {
  return formatted(at, { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `Wed, 25 Nov, 10:00`: an instant with its day. */
export function dayIn(at: number, timeZone = COMPANY_ZONE): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return formatted(at, { timeZone, ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Times as Slack shows them: to each reader in their own zone. */
export function inZone(text: string, zone: string): string {
  return text.replaceAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/g, (_, date: string, time: string) =>
    dayIn(Date.parse(`${date}T${time}Z`), zone),
  );
}

function formatted(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', options).format(at).replaceAll(',', '');
}
