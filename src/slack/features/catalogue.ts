import type { ModalView } from '@slack/types';
import { beforeBoard, offerOf } from '../../catalogue/offer.ts';
import type { Template, TemplateIntent } from '../../catalogue/types.ts';
import { quoted, Refusal } from '../../change/refusal.ts';
import type { Change, PersonId } from '../../change/types.ts';
import { allTemplates, loadTemplate, NEVER_USED, usageOf } from '../../db/templates.ts';
import { beginFrom } from '../../engine/begin-from.ts';
import { handleTemplate, TEMPLATE } from '../../engine/catalogue.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { plainly, section } from '../blocks/blocks.ts';
import { mentions, nameOf } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { thisYear } from '../blocks/year.ts';
import { drawCatalogue, wordsOfPage } from '../catalogue/catalogue-list.ts';
import { templateAt } from '../catalogue/find-template.ts';
import { CATALOGUE } from '../catalogue/template-buttons.ts';
import { drawTemplateDetails } from '../catalogue/template-cards.ts';
import { proposeForm, reviseForm, TEMPLATE_WORDS } from '../catalogue/template-forms.ts';
import { shownVersion, templateName } from '../catalogue/template-words.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf } from '../find.ts';
import { drawDraft } from '../form/draw-draft.ts';
import { stateOf } from '../form/form-state.ts';
import { readTarget, targetOf } from '../ids.ts';
import type { Caller } from '../listen.ts';
import { type About, listenToFormsAbout, openForm } from '../step-form.ts';

/** `/change catalogue`: standard changes that are agreed beforehand. */
export function catalogue(world: World): Feature {
  const { policy, clock } = world;
  const propose = proposeForm(policy);
  const give = async (id: string, intent: TemplateIntent, by: PersonId) =>
    (await handleTemplate(world, id, intent, by)).template;

  /** Of a change that may be proposed. */
  const source: About<Change, TemplateIntent> = {
    find: (value) => changeOf(world, value),
    nameOf: (change) => `*${nameOf(change)}*`,
    async give(id, intent, by) {
      await handle(world, id, { type: 'OfferAsExample' }, by);
      return drawProposed(await give(`${TEMPLATE}${id}`, intent, by));
    },
  };
  const itself: About<Template, TemplateIntent> = {
    find: (value) => templateAt(world, value),
    nameOf: (template) => templateName(template),
    async give(id, intent, by) {
      const template = await give(id, intent, by);
      return intent.type === 'Revise' ? drawProposed(template) : undefined;
    },
  };

  async function list(by: PersonId, words: string, after?: unknown) {
    const [all, usage, facts] = await Promise.all([
      allTemplates(world.db),
      usageOf(world.db),
      loadFacts(world),
    ]);
    return drawCatalogue(all, usage, facts, by, clock.now(), words, after);
  }

  /** What has been proposed already is shown instead. */
  async function openPropose(caller: Caller, change: Change): Promise<void> {
    const there = await loadTemplate(world.db, `${TEMPLATE}${change.id}`);
    if (there) return caller.open(await details(there.state, caller.by));
    await handle(world, change.id, { type: 'OfferAsExample' }, caller.by);
    await openForm(world, caller, propose, source, change, targetOf(change));
  }

  async function details(template: Template, reader: PersonId): Promise<ModalView> {
    const usage = (await usageOf(world.db)).get(template.id) ?? NEVER_USED;
    return drawTemplateDetails(template, usage, await loadFacts(world), reader, clock.now());
  }

  return {
    words: [
      {
        name: 'catalogue',
        group: 'file',
        endsWithChange: /^propose$/i,
        usage: `[words | propose ${policy.prefix}-…]`,
        help: 'File what is agreed beforehand with three fields, or propose a change that went well for it',
        async run(caller) {
          const [first = '', ...rest] = caller.words.trim().split(/\s+/);
          if (first.toLowerCase() === 'propose')
            return openPropose(caller, await changeNamed(world, rest.join(' '), thisYear(world)));
          await caller.reply(await list(caller.by, caller.words.trim()));
        },
      },
    ],
    listen(listen) {
      const { button } = listen;
      button(CATALOGUE.details, async ({ by, value, open }) =>
        open(await details(await templateAt(world, value), by)),
      );
      button(CATALOGUE.more, async ({ by, value, turn }) => turn(await list(by, wordsOfPage(value), value)));
      button(CATALOGUE.file, async (pressed) =>
        openFiling(world, pressed, await templateAt(world, pressed.value)),
      );
      button(CATALOGUE.approve, async ({ by, value, ephemeral, reply }) => {
        const { id, seen } = readTarget(value);
        const template = await give(id, { type: 'Vote', verdict: 'approve', seen }, by);
        // A card in a DM says it by being redrawn.
        if (ephemeral) await reply(plainly(`✅ You voted for ${templateName(template)}.`));
      });
      button(CATALOGUE.withdraw, async ({ by, value, reply }) => {
        const { id, seen } = readTarget(value);
        const template = await give(id, { type: 'Withdraw', seen }, by);
        await reply(plainly(`The proposal of ${templateName(template)} is taken back.`));
      });
      button(CATALOGUE.propose, async (pressed) =>
        openPropose(pressed, await changeOf(world, pressed.value)),
      );
      listenToFormsAbout(world, listen, [...TEMPLATE_WORDS, reviseForm(policy)], itself);
      listenToFormsAbout(world, listen, [propose], source, 'submissions only');
    },
  };
}

/** Opens the short form. @throws {Refusal} where nothing may be filed from it now */
async function openFiling(world: World, caller: Caller, template: Template): Promise<void> {
  const offer = offerOf(template);
  if (!offer || offer.closed !== undefined) {
    const why = offer?.closed ?? 'the board has not approved it.';
    const { title } = shownVersion(template).content;
    throw new Refusal('not now', `Nothing can be filed from “${quoted(title)}” now: ${why}`);
  }
  const written = await beginFrom(world, { id: world.newId(), by: caller.by }, offer);
  await caller.open(await drawDraft(world, written, stateOf(written.draft)));
}

/** Takes the form's place: who decides on it now, and where to follow that. */
function drawProposed(template: Template): ModalView {
  const version = beforeBoard(template) ?? shownVersion(template);
  const words = `${templateName(template, version)}, version ${version.version}, is before the board: ${mentions(version.asked)}.\n\nI tell you what they decide. \`/change catalogue\` shows how the vote stands.`;
  return { type: 'modal', title: label('Proposed'), close: label('Done'), blocks: [section(words)] };
}
