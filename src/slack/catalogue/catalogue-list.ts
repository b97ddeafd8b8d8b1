import type { KnownBlock } from '@slack/types';
import { allowedOn, type TemplateStep } from '../../catalogue/allowed.ts';
import { beforeBoard, inForce } from '../../catalogue/offer.ts';
import type { Template } from '../../catalogue/types.ts';
import type { Facts } from '../../change/facts.ts';
import type { Instant, PersonId } from '../../change/types.ts';
import { NEVER_USED, type Usage } from '../../db/templates.ts';
import { buttons, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count, escaped, inLine, mention, quote } from '../blocks/format.ts';
import { pageOf } from '../blocks/pages.ts';
import { CATALOGUE, readTemplateButtons, templateButtons } from './template-buttons.ts';
import { isOffered, shownVersion, templateName, templateStatus, usageWords } from './template-words.ts';

/** Each takes two of a message's fifty blocks. */
const SHOWN = 15;
/** Of the words that were looked for; Slack takes two thousand characters in a button. */
const WORDS_CARRIED = 1_500;

interface Row {
  template: Template;
  steps: Set<TemplateStep>;
  usage: Usage;
}

/**
 * The catalogue as one person sees it: what waits for their vote, what they may file from, then the rest, each with
 * what they could do with it. What ended is left out, and so is what never began, but for whom it is to mend.
 * @param words only what has these in its title or in what it is for
 * @param after what the button of the page before carried
 */
export function drawCatalogue(
  all: readonly Template[],
  usage: ReadonlyMap<string, Usage>,
  facts: Facts,
  person: PersonId,
  now: Instant,
  words = '',
  after?: unknown,
): Drawn {
  if (!facts.policy.catalogue && all.length === 0)
    return plainly(
      'The policy has no catalogue, so nothing is agreed beforehand. `/change new` files a change.',
    );
  const rows = all
    .filter((template) => !template.retired && says(template, words))
    .map((template): Row => {
      const steps = allowedOn(template, person, facts, now);
      return { template, steps, usage: usage.get(template.id) ?? NEVER_USED };
    })
    .filter(({ template, steps }) => inForce(template) || beforeBoard(template) || steps.has('revise'))
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        b.usage.filed - a.usage.filed ||
        shownVersion(a.template).content.title.localeCompare(shownVersion(b.template).content.title),
    );
  if (rows.length === 0) return empty(facts, words);
  const lead = leadOf(rows);
  const idOf = ({ template }: Row) => `${template.id} ${words.slice(0, WORDS_CARRIED)}`;
  const page = pageOf(rows, { size: SHOWN, idOf, action: CATALOGUE.more, after });
  return {
    text: `The catalogue: ${lead}`,
    blocks: fitMessage([
      section(`*The catalogue of standard changes*\n${lead}${page.which}`),
      ...page.shown.flatMap(drawRow),
      ...page.more,
    ]),
  };
}

/** The words that a list was narrowed to, of what the button under its page carried. */
export function wordsOfPage(after: unknown): string {
  return String(after).split(' ').slice(1).join(' ');
}

function says(template: Template, words: string): boolean {
  const { title, use } = shownVersion(template).content;
  return `${title}\n${use}`.toLowerCase().includes(words.toLowerCase());
}

/** What waits for this person first, then what may be filed from. */
function rank({ template, steps }: Row): number {
  if (steps.has('approve')) return 0;
  return isOffered(template) ? 1 : template.suspended ? 2 : 3;
}

function leadOf(rows: readonly Row[]): string {
  const offered = rows.filter(({ template }) => isOffered(template)).length;
  const suspended = rows.filter(({ template }) => template.suspended).length;
  const open = rows.filter(({ template }) => beforeBoard(template)).length;
  const yours = rows.filter(({ steps }) => steps.has('approve')).length;
  const parts = [
    `${offered} to file from`,
    ...(suspended > 0 ? [`${suspended} suspended`] : []),
    ...(open > 0
      ? [
          `${open} before the board${yours > 0 ? `, of which ${yours} ${yours === 1 ? 'waits' : 'wait'} for your vote` : ''}`,
        ]
      : []),
  ];
  return `${parts.join(', ')}.`;
}

function drawRow({ template, steps, usage }: Row, n: number): KnownBlock[] {
  const version = shownVersion(template);
  const use = inLine(version.content.use, 200);
  const facts = `${usageWords(usage)}  ·  proposed by ${mention(version.proposer)}`;
  const read = readTemplateButtons(template);
  const all = [...read.slice(0, -1), ...templateButtons(template, steps), ...read.slice(-1)];
  return [
    section(`${templateName(template, version)}\n> ${use}\n${templateStatus(template)}\n${facts}`),
    ...buttons(all.map((spec) => ({ ...spec, action: `${spec.action}:${n}` }))),
  ];
}

function empty({ policy }: Facts, words: string): Drawn {
  if (words)
    return plainly(
      `The catalogue has nothing that says “${quote(words, 100)}”. \`/change catalogue\` shows all of it.`,
    );
  const { approval } = policy.catalogue ?? {};
  const stage =
    approval && policy.categories[approval.category].stages.find(({ id }) => id === approval.stage);
  const board = escaped(stage?.title ?? 'board');
  const example = `\`/change catalogue propose ${policy.prefix}-…\``;
  return plainly(
    `*The catalogue is empty.* It holds standard changes that are agreed beforehand, so that filing one takes ${count(3, 'field')}.\nWhen a standard change has gone well and is closed, whoever asked for it or carried it out can press *Propose for the catalogue…* on its card, or type ${example}. The ${board} votes on it; from then on everybody can file from it here.`,
  );
}
