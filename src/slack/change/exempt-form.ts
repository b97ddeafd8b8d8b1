import { heldSoftly } from '../../change/window-rules.ts';
import type { World } from '../../engine/world.ts';
import { context, section } from '../blocks/blocks.ts';
import { wordsInput } from '../blocks/inputs.ts';
import { parseWords } from '../blocks/parse-form.ts';
import type { StepForm } from '../step-form.ts';
import { showWindow } from './show-field.ts';
import { freezeLine } from './show-obstacles.ts';
import { ACTION } from './step-buttons.ts';

/** A second person lets a change into the soft freezes that hold it, which the form names. */
export function exemptForm({ clock }: Pick<World, 'clock'>): StepForm {
  return {
    ...{ action: ACTION.exempt, title: 'Let it in', submit: 'Let it in' },
    blocks(change, facts) {
      const { freezes } = heldSoftly(change, facts, clock.now()) ?? { freezes: [] };
      return [
        section(
          [showWindow(change.proposal), ...freezes.map((freeze) => `• ${freezeLine(freeze)}`)].join('\n'),
        ),
        wordsInput('words', 'Why can it not wait?'),
        context('It holds for this time only, and stays in the record with your name and role.'),
      ];
    },
    carry: (change, _, facts) => heldSoftly(change, facts, clock.now())?.seen,
    intent: (values, { carried = '' }) => ({
      type: 'Exempt',
      words: parseWords(values, 'words'),
      seen: carried,
    }),
  };
}
