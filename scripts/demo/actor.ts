import type { Form } from '../../src/local-slack/hand-form.ts';
import type { Given } from '../../src/local-slack/hand-value.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import { Difference, same } from './difference.ts';
import type { Stage } from './stage.ts';
import { dayIn, inZone } from './teller.ts';

/** Somebody of the company. Everything they do and see is told, and what does not come ends the demo. */
export interface Actor {
  types(command: string): Promise<void>;
  /** Fills the open form and sends it. `next`: what is then to be read in its place; without it, it closes. */
  fillsIn(title: string, answers: Record<string, Given>, next?: string): Promise<Filled>;
  /** Waits for a direct message that says that. `lines`: how many of them are told. */
  gets(words: string, lines?: number): Promise<Message>;
  /** Waits for a message of a channel that says that. */
  sees(channel: string, words: string, lines?: number): Promise<Message>;
  presses(message: Message, button: string): Promise<void>;
  /** Ticks checkboxes in a message, and waits until they are. */
  ticks(message: Message, options: readonly string[]): Promise<void>;
  /** Waits until a message that was there before says that. */
  seesAnew(message: Message, words: string, lines?: number): Promise<void>;
  /** Reads the thread of a message, which must end by saying that. */
  readsThread(message: Message, end: string): Promise<void>;
}

/** How much a person had to do. */
export interface Filled {
  typed: number;
  chosen: number;
}

const TYPED: ReadonlySet<string> = new Set(['plain_text_input', 'number_input', 'url_text_input']);
const ALL = 100;

export function makeActor({ slack, clock, tell }: Stage, name: string): Actor {
  const hand = slack.as(name);
  const who = hand.person.realName.split(' ')[0] ?? name;
  const happens = (words: string) => tell.happens(clock.now(), words);
  const read = (text: string) => inZone(text, hand.person.zone);
  const quote = (text: string, lines: number) => {
    const all = read(text).split('\n');
    tell.quotes([...all.slice(0, lines), ...(all.length > lines ? ['…'] : [])].join('\n'));
  };
  const found = async (where: string, messages: () => Message[], words: string, lines: number) => {
    const message = await waited(`${who} reads ${where}: ${words}`, all(messages), () =>
      messages().findLast((one) => says(one).includes(words)),
    );
    happens(`Docket → ${where}`);
    quote(hand.read(message), lines);
    return message;
  };
  const all = (messages: () => Message[]) => () => messages().map(says).join('\n- - -\n');
  const says = (message: Message) => read(hand.read(message));
  /** Waits for something to be there; if it never is, says what was there instead. */
  const waited = <T>(expected: string, instead: () => string, look: () => T | undefined) =>
    hand.eventually(look).catch(() => Promise.reject(new Difference(expected, instead())));

  return {
    async types(command) {
      happens(`${who} in #changes: ${command}`);
      same(`${who} types ${command}`, await hand.command(command, { in: 'changes' }), { ok: true });
      tell.line();
    },
    async fillsIn(title, answers, next) {
      const form = await waited(
        `${who} sees the form ${title}`,
        () => `${hand.snapshot().modals.map((one) => one.title)}`,
        () => (hand.modal().title() === title ? hand.modal() : undefined),
      );
      const filled: Filled = { typed: 0, chosen: 0 };
      const left = new Map(Object.entries(answers));
      for (;;) {
        const here = await fillScreen(form, left, filled);
        happens(`${who} fills in “${form.title()}”`);
        tell.fields(here.map(([label, given]) => [label, shown(given, hand.person.zone)]));
        if (form.submitLabel() !== 'Next') break;
        const sent = await form.submit();
        same(`${who} goes on from ${form.title()}`, sent, { outcome: 'updated', errors: {} });
      }
      same('answers that no screen asks for', [...left.keys()], []);
      const { outcome, errors } = await form.submit();
      same(
        `${who} sends “${title}”`,
        { outcome, errors },
        { outcome: next ? 'updated' : 'closed', errors: {} },
      );
      tell.line();
      if (next) {
        await waited(
          `${who} reads ${next}`,
          () => hand.modal().text(),
          () => hand.modal().text().includes(next),
        );
        happens(`${who} reads`);
        quote(hand.modal().text(), ALL);
        await hand.modal().close();
      }
      return filled;
    },
    gets: (words, lines = ALL) => found(`${who} (DM)`, hand.dms, words, lines),
    sees: (channel, words, lines = ALL) => found(`#${channel}`, () => hand.messages(channel), words, lines),
    async presses(message, button) {
      happens(`${who} presses [${button}]`);
      same(`${who} presses ${button}`, await hand.press(message, button), { ok: true });
      tell.line();
    },
    async ticks(message, options) {
      happens(`${who} ticks ${options.join(', ')}`);
      same(`${who} ticks ${options}`, await hand.tick(message, options), { ok: true });
      await waited(
        `${who} sees them ticked`,
        () => says(message),
        () => options.every((option) => says(message).includes(`☑ ${option}`)),
      );
      tell.line();
    },
    async seesAnew(message, words, lines = ALL) {
      await waited(
        `${who} sees it redrawn: ${words}`,
        () => says(message),
        () => says(message).includes(words),
      );
      happens(`The same message, redrawn for ${who}`);
      quote(hand.read(message), lines);
    },
    async readsThread(message, end) {
      const thread = () => hand.thread(message);
      await waited(`the thread ends: ${end}`, all(thread), () =>
        says(thread().at(-1) ?? message).includes(end),
      );
      happens('Its thread in #changes tells how it went');
      quote(
        thread()
          .map((one) => `• ${hand.read(one)}`)
          .join('\n'),
        ALL,
      );
    },
  };

  function inputs(): string {
    return `${hand
      .snapshot()
      .modals.at(-1)
      ?.blocks.map((block) => block.block_id)}`;
  }

  /** Fills what of the answers is on the screen, and takes it off the list. */
  async function fillScreen(form: Form, left: Map<string, Given>, filled: Filled) {
    const labels = form.labels();
    const here = [...left].filter(([label]) => labels.includes(label.split(': how?')[0] ?? ''));
    for (const [label, given] of here) {
      // A note appears when its group is ticked, and other fields do with a template.
      await waited(
        `${who} sees the field ${label}`,
        () => form.labels().join(', '),
        () => form.labels().includes(label) || undefined,
      );
      filled[isTyped(form, label) ? 'typed' : 'chosen']++;
      const before = inputs();
      await form.fill({ [label]: given });
      // What a template fills in stands in inputs of their own.
      if (label === 'Start from')
        await waited(`${who} sees what it fills in`, form.text, () => inputs() !== before || undefined);
      left.delete(label);
    }
    return here;
  }

  function isTyped(form: Form, label: string): boolean {
    const view = hand.snapshot().modals.find(({ id }) => id === form.id);
    return (
      view?.blocks.some(
        (block) => block.type === 'input' && block.label.text === label && TYPED.has(block.element.type),
      ) ?? false
    );
  }
}

/** An answer as its person would say it; numbers in forms are instants, in seconds. */
function shown(given: Given, zone: string): string {
  if (typeof given === 'number') return dayIn(given * 1000, zone);
  return Array.isArray(given) ? given.join(', ') : String(given ?? '');
}
