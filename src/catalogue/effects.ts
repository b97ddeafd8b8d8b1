import type { Effect } from '../change/effects.ts';
import type { PersonId } from '../change/types.ts';
import type { Template, TemplateEvent, TemplateEventOf, TemplateIntent } from './types.ts';

export type TemplateCard =
  /** In the channel where changes are announced, once it may be used; its thread is the history. */
  | { card: 'headline' }
  /** To somebody on the board: one version, and the vote on it. */
  | { card: 'ask'; to: PersonId; version: number };

type TemplateEffect = Effect<TemplateCard, TemplateIntent>;

const redraw: TemplateEffect = { do: 'redraw' };
const toThread: TemplateEffect = { do: 'note', to: 'thread' };
const note = (to: PersonId): TemplateEffect => ({ do: 'note', to });
/** What can wait until they work. */
const calmNote = (to: PersonId): TemplateEffect => ({ do: 'note', to, calm: true });

/**
 * What must happen because of something that was done to a template. The board is asked in direct messages; the
 * channel hears of it once the board has agreed.
 * @param template as it is just after the event
 */
export function templateEffects(event: TemplateEvent, template: Template): TemplateEffect[] {
  switch (event.type) {
    case 'TemplateProposed':
      return [...event.asked.map((to) => ask(to, event.version)), ...timers(event), redraw];
    case 'TemplateNotified':
      return []; // no card shows it, and it is no news
    case 'TemplateVoted':
    case 'TemplateRefused': // whoever tried was looking at a card that let them
      return [redraw];
    case 'TemplateReminded':
      return [
        ...event.people.flatMap((to) => [ask(to, event.version), calmNote(to)]),
        ...event.overseers.map(calmNote),
      ];
    case 'TemplateAskedAnew':
      return [...event.asked.map((to) => ask(to, event.version)), redraw];
    case 'TemplateApproved':
      return [{ do: 'card', card: 'headline' }, toThread, ...heard(event, template), redraw];
    case 'TemplateRejected':
      return [...heard(event, template), redraw];
    case 'TemplateWithdrawn':
      return [redraw];
    case 'TemplateSuspended':
      return [toThread, ...event.tell.map(note), redraw];
    case 'TemplateReinstated':
    case 'TemplateRetired':
      return [...(wasApproved(template) ? [toThread] : []), ...heard(event, template), redraw];
    default:
      return event satisfies never;
  }
}

/** Posted once; who has it already keeps the one they have. That it reached them goes into the record. */
const ask = (to: PersonId, version: number): TemplateEffect => ({
  ...{ do: 'card', card: 'ask', calm: 'by day', to, version, told: { of: 'asked' } },
});

function timers({ reminders, version }: TemplateEventOf<'TemplateProposed'>): TemplateEffect[] {
  return reminders.map(({ percent, at }) => ({
    do: 'timer',
    at,
    intent: { type: 'Remind', version, percent },
  }));
}

/** Its owner, and who proposed the version that it is about, but not who did it. */
function heard(event: TemplateEvent, { owner, versions }: Template): TemplateEffect[] {
  const number = 'version' in event ? event.version : undefined;
  const proposer = versions.find(({ version }) => version === number)?.proposer;
  const people = new Set([owner, ...(proposer ? [proposer] : [])]);
  return [...people].filter((person) => person !== event.by).map(note);
}

function wasApproved({ versions }: Template): boolean {
  return versions.some(({ decided }) => decided?.outcome === 'approved');
}
