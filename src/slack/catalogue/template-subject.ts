import { allowedOn, type TemplateStep } from '../../catalogue/allowed.ts';
import type { TemplateCard } from '../../catalogue/effects.ts';
import type { Template, TemplateEvent } from '../../catalogue/types.ts';
import { templateEvent } from '../../db/events.ts';
import { loadTemplate } from '../../db/templates.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import { buttons, type Drawn, section } from '../blocks/blocks.ts';
import { cutMarkup } from '../blocks/format.ts';
import type { Subject } from '../subject.ts';
import { readTemplateButtons, templateButtons } from './template-buttons.ts';
import { drawTemplateAsk, drawTemplateHeadline } from './template-cards.ts';
import { templateHistory, templateNote } from './template-notes.ts';

/** A template of the catalogue as it is seen in Slack now. */
export async function templateSubject(world: World, id: string): Promise<Subject | undefined> {
  const { db, clock } = world;
  const template = (await loadTemplate(db, id))?.state;
  if (!template) return undefined;
  return {
    seq: template.seq,
    // A template's effects name no other cards.
    audienceOf: (card) => audienceOf(card as TemplateCard),
    async draw(audience) {
      const [card, to = '', version] = audience.split('/');
      if (card !== 'ask') return drawTemplateHeadline(template);
      return drawTemplateAsk(template, Number(version), to, await loadFacts(world), clock.now());
    },
    async history(seq) {
      const event = await templateEvent(db, id, seq);
      return event && templateHistory(event, template);
    },
    async personal(seq, to) {
      const event = await templateEvent(db, id, seq);
      const words = event && templateNote(event, template, to);
      if (!event || !words) return undefined;
      const steps = allowedOn(template, to, await loadFacts(world), clock.now());
      return drawNote(words, template, next(event, steps));
    },
  };
}

function audienceOf(card: TemplateCard): string {
  return card.card === 'ask' ? `ask/${card.to}/${card.version}` : 'headline';
}

/** What this event asks of somebody, as far as they may do it. */
function next({ type }: TemplateEvent, steps: ReadonlySet<TemplateStep>): Set<TemplateStep> {
  const wanted: TemplateStep[] =
    type === 'TemplateSuspended'
      ? ['reinstate', 'revise', 'retire']
      : type === 'TemplateRejected'
        ? ['revise']
        : [];
  return new Set(wanted.filter((step) => steps.has(step)));
}

/** What one person is told of a template, with the buttons that follow from it. */
export function drawNote(words: string, template: Template, steps: ReadonlySet<TemplateStep>): Drawn {
  return {
    text: words.split('\n')[0] ?? words,
    blocks: [
      section(cutMarkup(words, 3000)),
      ...buttons([...templateButtons(template, steps), ...readTemplateButtons(template).slice(-1)]),
    ],
  };
}
