import { expect, it } from 'vitest';
import { assessRisk } from '../../src/change/risk.ts';
import { isUnderReview } from '../../src/change/states.ts';
import type { Change, Proposal } from '../../src/change/types.ts';
import { readable } from '../../src/local-slack/readable.ts';
import { FIELD_IDS, type FieldId } from '../../src/policy/fields.ts';
import { drawAsk, drawToDecide } from '../../src/slack/change/ask-card.ts';
import { holders, JONAS, KLAUS, MAYA, NADIA, PRIYA, TOMAS, WEI } from '../change/company.ts';
import { type Given, given } from '../change/given.ts';
import { HOUR, normal, risky } from '../change/proposals.ts';
import {
  approves,
  beforeBusiness,
  edits,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  rejects,
  validated,
} from '../change/steps.ts';

/** What somebody who is asked now reads. */
function asked({ change, facts, at }: Given, to: string): string {
  const open = 'open' in change ? change.open : expect.fail();
  const card = { card: 'ask', to, stage: open.stage, round: open.round } as const;
  return readable(drawAsk(card, change, facts, at).blocks);
}

it('has what exactly is altered, and every plan that belongs to the decision', () => {
  const details = { configurationChanges: 'work_mem 64 MB.', codeChanges: 'None.' };
  const story = given(files('normal', normal({ ...details, environments: ['production'] })));
  const card = asked(story, NADIA);
  const { proposal } = story.change;
  for (const field of ['configurationChanges', 'codeChanges', 'databaseChanges'] as const)
    expect(card).toContain(proposal[field]);
  for (const field of ['contingency', 'rollbackValidation', 'communicationPlan'] as const)
    expect(card).toContain(proposal[field]);
  expect(card).toContain('Production');
});

it('names what its review is not about instead of showing it, but never leaves out what nobody decides without', () => {
  const [technical, business] = [given(...validated), given(...beforeBusiness)];
  const { proposal } = technical.change;
  const [priyas, tomas] = [asked(technical, PRIYA), asked(business, TOMAS)];
  expect(priyas).toContain(proposal.contingency);
  expect(priyas).toContain('Not what this review is about, and in Full record: Communication plan');
  expect(tomas).toContain(proposal.communicationPlan);
  expect(tomas).not.toContain(proposal.contingency);
  expect(tomas).toMatch(/in Full record: .*Contingency plan/);
  for (const card of [priyas, tomas])
    for (const field of [
      'description',
      'justification',
      'userImpact',
      'systemImpact',
      'businessImpact',
    ] as const)
      expect(card).toContain(proposal[field]);
  for (const card of [priyas, tomas]) {
    expect(card).toContain(proposal.successCriteria);
    expect(card).toContain(proposal.rollbackSteps);
  }
});

it('shows all that a decision is bound to: nobody approves what is not before their eyes', () => {
  const filled = {
    ...{ environments: ['production'], executionWindow: 'Any Saturday', effortMinutes: 90, implementer: WEI },
    ...{ configurationChanges: 'work_mem 64 MB.', codeChanges: 'None.' },
    ...{ riskAnswers: risky.medium, riskAtLeast: 'high' as const, reviews: ['security', 'compliance'] },
    ...{ stakeholders: [MAYA], stakeholderChannels: ['C02SUPPORT1'] },
  };
  const stories = [given(files('normal', normal(filled))), given(filesEmergency)];
  const looked = new Set<FieldId>(['reviewer']); // whom its requester names is asked, and is no part of any decision
  const hidden = stories.flatMap(({ change, facts, at }) => {
    const { open } = isUnderReview(change) ? change : expect.fail();
    const cardAt = (stage: string, proposal: Proposal) => {
      const risk = assessRisk(facts.policy, change.category, proposal);
      const filed = { ...change, proposal, reviewed: proposal, risk };
      const shown: Change = { ...filed, status: 'in review', open: { ...open, stage } };
      return readable(drawToDecide(shown, facts, NADIA, at, 'Please review.').blocks);
    };
    return change.route.flatMap(({ id, material }) =>
      material.flatMap((field) => {
        const { [field]: value, ...less } = change.proposal;
        if (value === undefined) return [];
        looked.add(field);
        return cardAt(id, less) === cardAt(id, change.proposal) ? [`${id}: ${field}`] : [];
      }),
    );
  });
  expect(hidden).toEqual([]);
  expect([...looked].sort()).toEqual([...FIELD_IDS].sort());
});

it('has the decision above a case that is longer than a screen, and below it', () => {
  const buttons = (card: string) => card.match(/\[Approve\]/g)?.length;
  expect(buttons(asked(given(filesNormal), NADIA))).toBe(2);
  expect(buttons(asked(given(filesStandard), JONAS))).toBe(1);
});

it('says for whom its reader stands in', () => {
  const standsIn = { holders: holders({ devops_lead: [PRIYA, { person: JONAS, for: PRIYA }] }) };
  const story = given(...validated)
    .with(standsIn)
    .when((_, at) => ({ type: 'AskAgain', by: 'docket', at }))
    .and();
  expect(asked(story, JONAS)).toContain('You stand in for');
  expect(asked(story, PRIYA)).not.toContain('You stand in for');
});

it('shows all that was edited of what its reader decides on, not only by the last edit', () => {
  const story = given(
    ...[...validated, approves(PRIYA)],
    ...[edits({ rollbackSteps: 'Restore it.' }), edits({ rollbackSteps: 'Restore the backup.' })],
    ...[edits({ businessImpact: 'None.' }), approves(NADIA)],
  );
  const card = asked(story, PRIYA);
  expect(card).toContain('Rename the old table back. → Restore the backup.');
  expect(card).not.toContain('Restore it.');
  // What is not material to the technical review is not among it.
  expect(card).not.toContain('→ None.');
  const undone = [edits({ userImpact: 'Slow.' }), edits({ userImpact: 'None expected.' })];
  const again = given(...beforeBusiness, ...undone, approves(NADIA));
  expect(asked(again, TOMAS)).not.toContain('Edited');
});

it('says of a change that is over who was not asked, and not that they still will be', () => {
  const { change, facts, at } = given(filesNormal, rejects(NADIA));
  const card = { card: 'ask', to: NADIA, stage: 'validation', round: 1 } as const;
  const drawn = readable(drawAsk(card, change, facts, at).blocks);
  expect(drawn).toContain('✗ Validation (rejected) → ○ Technical review (not asked)');
});

it('sends who is asked anew from the message of before to the newer one', () => {
  const story = given(...validated, edits({ rollbackSteps: 'Restore it.' }));
  const before = { card: 'ask', to: NADIA, stage: 'validation', round: 1 } as const;
  const old = readable(drawAsk(before, story.change, story.facts, story.at).blocks);
  expect(old).toContain('Validation: you are asked anew, in a newer message.');
  expect(asked(story, NADIA)).toContain('your decision is needed by');
});

it('shows of an edit what differs, however much stays the same before it', () => {
  const kept = 'The replica is built anew from last night’s backup and catches up. ';
  const answers = normal().riskAnswers;
  const story = given(
    files('normal', normal({ mitigations: `${kept.repeat(4)}We wait an hour.` })),
    edits({ mitigations: `${kept.repeat(4)}We wait a day.`, riskAnswers: { ...answers, downtime: 'short' } }),
  );
  const card = asked(story, NADIA);
  expect(card).toMatch(/• Mitigations: ….*We wait an hour\. → ….*We wait a day\./);
  expect(card).toContain('• Does it need downtime? No downtime (0) → Up to 15 minutes (2)');
  expect(card).not.toContain('Who is affected');
});

it('says of an emergency, which has no window, what would hold its start now', () => {
  const story = given(filesEmergency);
  const times = { startsAt: story.at - HOUR, endsAt: story.at + HOUR };
  const scope = { systems: [], environments: [], categories: [] };
  const stop = { id: 'freeze/1', kind: 'stop', ...times, scope, reason: 'Data at risk' } as const;
  expect(asked(story, KLAUS)).not.toContain('as things are');
  const held = asked(story.with({ calendar: { freezes: [stop], scheduled: [] } }), KLAUS);
  expect(held).toContain('It cannot be started as things are');
  expect(held).toContain('Data at risk');
});
