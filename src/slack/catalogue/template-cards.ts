import type { KnownBlock, ModalView } from '@slack/types';
import { allowedOn, type TemplateStep } from '../../catalogue/allowed.ts';
import { inForce } from '../../catalogue/offer.ts';
import type { Content, Template, Version } from '../../catalogue/types.ts';
import type { Facts } from '../../change/facts.ts';
import { differences } from '../../change/proposal.ts';
import type { Instant, PersonId } from '../../change/types.ts';
import type { Usage } from '../../db/templates.ts';
import { FIELD_IDS } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, type Drawn, divider, header, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { cutMarkup, escaped, inLine, mention, said, when } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { showChanges } from '../change/show-field.ts';
import { readTemplateButtons, templateButtons } from './template-buttons.ts';
import {
  contentOf,
  labelsOf,
  shownVersion,
  tallyOf,
  templateName,
  templateStatus,
  typedEachTime,
  usageWords,
  voteLines,
} from './template-words.ts';

/** A template in the channel where changes are announced: what it is for, and the way to file from it. */
export function drawTemplateHeadline(template: Template): Drawn {
  const version = shownVersion(template);
  const name = templateName(template);
  const words = `📗 ${name}, a standard change that is agreed beforehand\n${templateStatus(template)}`;
  return {
    text: `The catalogue: ${name}. ${templateStatus(template).split('\n')[0] ?? ''}`,
    blocks: fitMessage([
      section(words),
      section(`*When it may be used*\n${said(version.content.use, 1000)}`),
      ...buttons(readTemplateButtons(template)),
    ]),
  };
}

/** What somebody of the board gets: the whole of what they would agree to, what is new in it, and the vote. */
export function drawTemplateAsk(
  template: Template,
  n: number,
  to: PersonId,
  facts: Facts,
  now: Instant,
): Drawn {
  const version = template.versions.find((each) => each.version === n) ?? shownVersion(template);
  const steps = allowedOn(template, to, facts, now);
  const isOpen = !version.decided && !template.retired;
  const asks = isOpen && steps.has('approve');
  const votes = new Set([...steps].filter((step) => ['approve', 'reject', 'abstain'].includes(step)));
  const name = templateName(template, version);
  const board = `*${escaped(version.board.title)}*`;
  const lead = asks
    ? `${board}: may changes like this be filed without asking you each time? Your vote is needed by ${when(version.deadline)}.`
    : `${board}: nothing more is needed from you here. ${outcomeOf(template, version)}`;
  const text = `${asks ? 'Please vote on' : 'Voted on'} ${name}, version ${n}, for the catalogue.`;
  return {
    text,
    blocks: fitMessage([
      section(lead),
      section(`📗 ${name}, version ${n}`),
      context(
        `proposed by ${mention(version.proposer)} ${when(version.proposedAt)}  ·  taken from ${template.from.number}`,
      ),
      ...(template.suspended ? [section(templateStatus(template))] : []),
      ...(isOpen
        ? [
            ...whatIsNew(template, version, facts.policy),
            ...contentBlocks(version.content, facts.policy, 700),
          ]
        : []),
      ...voted(version),
      ...buttons([
        ...(asks ? templateButtons(template, votes) : []),
        ...readTemplateButtons(template).slice(-1),
      ]),
    ]),
  };
}

/**
 * All there is to know of a template: its text, how it was used, and how the board decided on each version; above it
 * what its reader could do with it.
 */
export function drawTemplateDetails(
  template: Template,
  usage: Usage,
  facts: Facts,
  reader: PersonId,
  now: Instant,
): ModalView {
  const { policy } = facts;
  const steps = [...allowedOn(template, reader, facts, now)].filter((step) => IN_FORMS.has(step));
  const version = shownVersion(template);
  const newer = template.versions.filter((each) => each.version > version.version && !each.decided);
  return {
    type: 'modal',
    title: label('Catalogue'),
    close: label('Close'),
    blocks: [
      section(`${templateName(template)}, version ${version.version}\n${templateStatus(template)}`),
      context(
        `${usageWords(usage)}  ·  owner ${mention(template.owner)}  ·  taken from ${template.from.number}`,
      ),
      ...buttons(templateButtons(template, new Set(steps))),
      ...contentBlocks(version.content, policy, 2000),
      ...newer.flatMap((each) => [
        divider,
        section(`*Version ${each.version}*, before the board until ${when(each.deadline)}`),
        ...whatIsNew(template, each, policy),
      ]),
      divider,
      header('Versions'),
      ...template.versions.slice(-VERSIONS).toReversed().flatMap(versionBlocks),
    ],
  };
}

/** What goes on in a form, above the details; a vote is given on the card, and taken back where the list is. */
const IN_FORMS: ReadonlySet<TemplateStep> = new Set<TemplateStep>(['revise', 'reinstate', 'retire']);

/** A hundred blocks are what a modal takes; older versions stay in the record. */
const VERSIONS = 10;

function versionBlocks(version: Version): KnownBlock[] {
  const { proposer, proposedAt, decided } = version;
  const outcome = decided ? `${OUTCOMES[decided.outcome]} ${when(decided.at)}` : 'before the board';
  const line = `*Version ${version.version}*, proposed by ${mention(proposer)} ${when(proposedAt)}: ${outcome}`;
  return [section([line, voteLines(version)].filter(Boolean).join('\n'))];
}

const OUTCOMES = { approved: 'approved', rejected: 'rejected', withdrawn: 'taken back' } as const;

function outcomeOf({ retired }: Template, version: Version): string {
  if (version.decided) return `It was ${OUTCOMES[version.decided.outcome]} ${when(version.decided.at)}.`;
  return retired ? 'It was retired before the board had decided.' : tallyOf(version);
}

function voted(version: Version): KnownBlock[] {
  return version.votes.length > 0 ? [section(`*Votes*: ${tallyOf(version)}\n${voteLines(version)}`)] : [];
}

/** What it is for, each of its fields and whether it is fixed, and what is typed each time. */
function contentBlocks(content: Content, policy: Policy, most: number): KnownBlock[] {
  const filled = FIELD_IDS.filter((field) => content.proposal[field] !== undefined);
  return [
    section(`*When it may be used*\n${said(content.use, most)}`),
    section(`*Typed each time*: ${typedEachTime(policy, content)}`),
    ...filled.map((field) => {
      const mark = content.locked.includes(field) ? '🔒 fixed' : '✏️ may vary';
      const value = contentOf(policy, field, content.proposal, most);
      return section(cutMarkup(`*${labelsOf(policy, [field])}* (${mark})\n${value}`, 2900));
    }),
  ];
}

/** What a version alters in the one that is in force, for those who agreed to that one. */
function whatIsNew(template: Template, { content, version }: Version, policy: Policy): KnownBlock[] {
  const current = inForce(template);
  if (!current || current.version >= version) return [];
  const before = current.content;
  const opened = before.locked.filter((field) => !content.locked.includes(field));
  const closed = content.locked.filter((field) => !before.locked.includes(field));
  const lines = [
    ...(before.title === content.title ? [] : [`• *Its title*, until now: ${inLine(before.title, 300)}`]),
    ...(before.use === content.use ? [] : [`• *When it may be used*, until now: ${inLine(before.use, 300)}`]),
    ...(before.minutes === content.minutes
      ? []
      : [`• *How long it takes*: ${before.minutes ?? '–'} → ${content.minutes ?? '–'} minutes`]),
    ...(opened.length > 0 ? [`• No longer fixed: ${labelsOf(policy, opened)}`] : []),
    ...(closed.length > 0 ? [`• Fixed now: ${labelsOf(policy, closed)}`] : []),
    showChanges(policy, differences(before.proposal, content.proposal)),
  ].filter(Boolean);
  return [
    section(
      `✏️ *What is new since version ${current.version}, which is in force*\n${lines.join('\n') || '• Nothing'}`,
    ),
  ];
}
