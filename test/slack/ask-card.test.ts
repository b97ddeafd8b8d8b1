import { expect, it } from 'vitest';
import { readable } from '../../src/local-slack/readable.ts';
import { drawAsk } from '../../src/slack/change/ask-card.ts';
import { NADIA, PRIYA, TOMAS } from '../change/company.ts';
import { type Given, given } from '../change/given.ts';
import { normal } from '../change/proposals.ts';
import { approves, beforeBusiness, edits, files, validated } from '../change/steps.ts';

/** What somebody who is asked now reads. */
function asked({ change, facts, at }: Given, to: string): string {
  const open = 'open' in change ? change.open : expect.fail();
  const card = { card: 'ask', to, stage: open.stage, round: open.round } as const;
  return readable(drawAsk(card, change, facts, at).blocks);
}

it('has what exactly is altered, and every plan that belongs to the decision', () => {
  const details = { configurationChanges: 'work_mem 64 MB.', codeChanges: 'None.' };
  const story = given(files('normal', normal({ ...details, environments: ['production'] })), approves(NADIA));
  const card = asked(story, PRIYA);
  const { proposal } = story.change;
  for (const field of ['configurationChanges', 'codeChanges', 'databaseChanges'] as const)
    expect(card).toContain(proposal[field]);
  for (const field of ['contingency', 'rollbackValidation', 'communicationPlan'] as const)
    expect(card).toContain(proposal[field]);
  expect(card).toContain('Production');
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
