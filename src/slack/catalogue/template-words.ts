import { beforeBoard, inForce, offerOf } from '../../catalogue/offer.ts';
import type { Content, Template, Version } from '../../catalogue/types.ts';
import { askedEachTime } from '../../change/from-template.ts';
import { labelOf } from '../../change/proposal.ts';
import type { Proposal, Verdict } from '../../change/types.ts';
import { VERDICTS } from '../../change/voting.ts';
import type { Usage } from '../../db/templates.ts';
import { FIELDS, type FieldId } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { count, escaped, inLine, inStead, mention, quote, said, when } from '../blocks/format.ts';
import { showField } from '../change/show-field.ts';

/** The version by which a template is known: the one in force, else the last. */
export function shownVersion(template: Template): Version {
  const version = inForce(template) ?? template.versions.at(-1);
  if (!version) throw new Error(`${template.id} has no version`);
  return version;
}

/** What a template is called, within a line. */
export function templateName(template: Template, version = shownVersion(template)): string {
  return `*${quote(version.content.title, 150)}*`;
}

/** Where it stands, a line for each thing: in force, suspended and why, before the board, or ended. */
export function templateStatus(template: Template): string {
  const { suspended, retired, versions } = template;
  const current = inForce(template);
  const open = beforeBoard(template);
  if (retired)
    return `🗄️ *Retired* by ${mention(retired.by)} ${when(retired.at)}: ${inLine(retired.words, 300)}`;
  const last = versions.at(-1)?.decided?.outcome;
  const lines = [
    ...(current && !suspended ? [`✅ *In force*: version ${current.version}`] : []),
    ...(suspended ? [suspendedLine(suspended)] : []),
    ...(open
      ? [`🗳️ *Version ${open.version} before the board*: ${tallyOf(open)}, until ${when(open.deadline)}`]
      : []),
    ...(!current && last === 'rejected' ? ['⛔ *Rejected* by the board'] : []),
    ...(!current && last === 'withdrawn' ? ['🚫 *Taken back* before the board decided'] : []),
  ];
  return lines.join('\n');
}

/** That nothing may be filed from it now, and why. */
function suspendedLine({ number, why, at }: NonNullable<Template['suspended']>): string {
  return `⏸️ *Suspended* ${when(at)}, because ${number} did not go well: ${inLine(why, 300)}`;
}

/** "2 for, 0 against, 0 abstained; 2 of 6 have voted, the quorum is 4". */
export function tallyOf({ votes, voters, board }: Version): string {
  const of = (verdict: Verdict) => votes.filter((vote) => vote.verdict === verdict).length;
  return `${of('approve')} for, ${of('reject')} against, ${of('abstain')} abstained; ${votes.length} of ${voters} have voted, the quorum is ${board.quorum}`;
}

/** Who voted how, a line each. */
export function voteLines({ votes, board }: Version): string {
  return votes
    .map(({ by, verdict, at, words, seat, ...vote }) => {
      const title = board.seats.find(({ id }) => id === seat)?.title ?? seat;
      const why = words ? `: ${inLine(words, 200)}` : '';
      return `• ${escaped(title)}: ${mention(by)}${inStead(vote.for)} ${VERDICTS[verdict]} ${when(at)}${why}`;
    })
    .join('\n');
}

/** How often it was used and how that went, in words. */
export function usageWords({ filed, carriedOut, wentWell }: Usage): string {
  if (filed === 0) return 'never used yet';
  const used = `used ${count(filed, 'time')}`;
  if (carriedOut === 0) return `${used}, not yet carried out`;
  return `${used}; ${wentWell} of ${carriedOut} carried out went well (${Math.round((100 * wentWell) / carriedOut)} %)`;
}

/** The labels of fields, in the words of a standard change: "Title, Description and Start". */
export function labelsOf(policy: Policy, fields: readonly FieldId[]): string {
  const labels = fields.map((field) => escaped(labelOf(policy, 'standard', field)));
  const last = labels.at(-1) ?? '';
  return labels.length > 1 ? `${labels.slice(0, -1).join(', ')} and ${last}` : last;
}

/** What a field holds; a longer text of somebody's is set off line by line. */
export function contentOf(policy: Policy, field: FieldId, proposal: Proposal, most: number): string {
  const value = proposal[field];
  return FIELDS[field].kind === 'text' && typeof value === 'string'
    ? said(value, most)
    : showField(policy, field, value, most);
}

/** What is still typed when something is filed from it, and how long it then takes. */
export function typedEachTime(policy: Policy, content: Content): string {
  const length =
    content.minutes === undefined ? '' : ` It ends ${count(content.minutes, 'minute')} after its start.`;
  return `${labelsOf(policy, askedEachTime(policy, content))}.${length}`;
}

/** Whether something may be filed from it now. */
export function isOffered(template: Template): boolean {
  const offer = offerOf(template);
  return offer !== undefined && offer.closed === undefined;
}
