import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Facts } from '../../change/facts.ts';
import { labelOf } from '../../change/proposal.ts';
import { signOffLine } from '../../change/report/sections.ts';
import { signOffOf } from '../../change/sign-off.ts';
import { isOver } from '../../change/states.ts';
import type { Change } from '../../change/types.ts';
import { FIELDS } from '../../policy/fields.ts';
import { fieldsOf } from '../../policy/schema.ts';
import { button, context, divider, header, section, sections } from '../blocks/blocks.ts';
import { escaped, inStead, mention, quote, said, saidInParts, when } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { fromTemplateLine } from '../form/from-template-blocks.ts';
import { targetOf } from '../ids.ts';
import { aftermath, notes, progress, testLines } from './evidence.ts';
import { noticeLines } from './notice-lines.ts';
import { assessmentLines } from './show-assessment.ts';
import { showChanges, showField, showRisk, whyThisRisk } from './show-field.ts';
import { allObstacles, freezeLine } from './show-obstacles.ts';
import { decisionLines, road, statusLine } from './status.ts';
import { ACTION } from './step-buttons.ts';

/** Slack takes a hundred blocks in a modal; a record with more edits than this shows the last ones. */
const EDITS_SHOWN = 5;
/** A section takes 3,000 characters, of which a label needs some; a text of 3,000 therefore takes two. */
const LONG_TEXT = 2000;
const PARTS = 2;
const NOTE = 500;

/** Everything a change says, under the headings of the guide's template. */
export function drawRecord(change: Change, facts: Facts): ModalView {
  const { policy, holders } = facts;
  const { proposal, category } = change;
  let heading = '';
  const fields = fieldsOf(policy, category).flatMap((field): KnownBlock[] => {
    const value = proposal[field];
    if (value === undefined) return [];
    const { section: name, kind } = FIELDS[field];
    const head = name === heading ? [] : [header(name)];
    heading = name;
    const lead = `*${escaped(labelOf(policy, category, field))}*\n`;
    if (field === 'assessment')
      return [...head, ...sections([lead, ...assessmentLines(policy, proposal.assessment ?? {}, NOTE)])];
    if (kind !== 'text') return [...head, section(lead + showField(policy, field, value, LONG_TEXT))];
    const [first = '', ...more] = saidInParts(String(value), LONG_TEXT, PARTS);
    return [...head, section(lead + first), ...more.map(section)];
  });
  return {
    type: 'modal',
    title: label(change.number.slice(0, 24)),
    close: label('Close'),
    blocks: [
      {
        ...section(`*${quote(proposal.title ?? '', 300)}*\n${statusLine(change, holders)}`),
        accessory: exportButton(change),
      },
      context(
        `${escaped(policy.categories[category].title)}  ·  ${showRisk(change.risk)}  ·  filed by ${mention(change.requester)} ${when(change.submittedAt)}`,
      ),
      ...fromTemplateLine(policy, change),
      ...reclassified(change, policy),
      ...road(change),
      ...(change.risk.set ? [section(whyThisRisk(change.risk))] : []),
      ...(isOver(change.status) || 'startedAt' in change ? [] : allObstacles(change, facts)),
      ...exemptions(change),
      ...fields,
      ...execution(change, policy),
      ...signOff(change),
      ...history(change, policy),
    ],
  };
}

function exportButton(change: Change): Button {
  const spoken = `Export ${change.number} as a document`;
  return button({ label: 'Export', action: ACTION.export, value: targetOf(change), spoken });
}

function exemptions({ exemptions: list = [] }: Change): KnownBlock[] {
  return list.map(({ by, for: whom, at, words, freezes, voidSince }) =>
    section(
      `🔓 *Let into a soft freeze* by ${mention(by)}${inStead(whom)} ${when(at)}${voidSince === undefined ? '' : `, void since an edit ${when(voidSince)}`}\n${said(words, 500)}\n${freezes.map(freezeLine).join('\n')}`,
    ),
  );
}

function reclassified({ reclassified: last }: Change, policy: Facts['policy']): KnownBlock[] {
  if (!last) return [];
  const { by, at, before, words } = last;
  const from = escaped(policy.categories[before].title);
  return [section(`*Reclassified* from ${from} by ${mention(by)} ${when(at)}\n${said(words, 600)}`)];
}

/** How it was tested, carried out and checked. */
function execution(change: Change, policy: Facts['policy']): KnownBlock[] {
  const blocks = [
    ...testLines(change),
    ...progress(change),
    ...notes(change),
    ...aftermath(change, { policy }),
  ];
  return blocks.length > 0 ? [header('Execution'), ...blocks] : [];
}

/** Who stands for it: approved, implemented and verified (guide, template: "Sign-off"). */
function signOff(change: Change): KnownBlock[] {
  const style = { person: mention, time: when, strong: (words: string) => `*${words}*` };
  return [header('Sign-off'), ...sections(signOffOf(change).map((line) => signOffLine(line, style)))];
}

function history(change: Change, policy: Facts['policy']): KnownBlock[] {
  const decisions = decisionLines(change, 20);
  const edits = change.edits
    .slice(-EDITS_SHOWN)
    .map((edit) => section(`*Edited ${when(edit.at)}*\n${showChanges(policy, edit.changes)}`));
  const questions = change.questions
    .slice(-5)
    .map(({ by, role, for: whom, words, answer }) =>
      section(
        `*${mention(by)}${inStead(whom)}${role === undefined ? '' : ` (${escaped(policy.roles[role] ?? role)})`} asked*\n${said(words, 600)}\n*Answer*\n${answer ? said(answer.words, 600) : '_not yet_'}`,
      ),
    );
  return [
    divider,
    header('Decisions'),
    section(decisions || 'None yet.'),
    ...noticeLines(change),
    ...(edits.length > 0 ? [header('Edits'), ...edits] : []),
    ...(questions.length > 0 ? [header('Questions'), ...questions] : []),
    context(
      `Routed by policy ${escaped(change.policyVersion)}, fixed when it was ${change.reclassified ? 'reclassified' : 'filed'}`,
    ),
  ];
}
