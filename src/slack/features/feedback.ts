import type { Finding } from '../../change/feedback.ts';
import { namesOf } from '../../db/people.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { thisYear } from '../blocks/year.ts';
import { FEEDBACK_FORMS, findingForm } from '../change/feedback-forms.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature, Word } from '../feature.ts';
import { changeNamed } from '../find.ts';
import { readActionTarget, targetOf } from '../ids.ts';
import { drawStepForm, listenToForms } from '../step-form.ts';

/** What people say about a change afterwards: defects, what audits find, and how content they are. */
export function feedback(world: World): Feature {
  const word = (name: string, of: Finding['of'], help: string): Word => ({
    ...{ name, group: 'carry out', aboutChange: true, usage: `${world.policy.prefix}-… [what it is]`, help },
    async run({ by, words, open }) {
      const [number = '', ...rest] = words.trim().split(/\s+/);
      const change = await changeNamed(world, number, thisYear(world));
      const facts = await loadFacts(world);
      const form = findingForm(of, rest.join(' '));
      const opened = { target: targetOf(change), by };
      await open(drawStepForm(form, change, opened, facts, await namesOf(world.db, [])));
    },
  });
  return {
    words: [
      word('defect', 'defect', 'Log a defect that a change has caused'),
      word('finding', 'audit', 'Log what an audit has found about a change'),
    ],
    listen(listen) {
      listenToForms(world, listen, FEEDBACK_FORMS);
      listen.button(ACTION.rate, async ({ by, value, reply }) => {
        const { id, action: score } = readActionTarget(value);
        const { change } = await handle(world, id, { type: 'Rate', score: Number(score) }, by);
        await reply(plainly(`⭐ Thank you: ${score} of 5 for ${change.number}.`));
      });
    },
  };
}
