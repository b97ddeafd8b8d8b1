import type { Effect } from '../effects.ts';
import type { NoticeOf, Told } from '../notices.ts';
import type { Change, ChangeEvent } from '../types.ts';

/**
 * Marks what goes into the record once it has been delivered: who was asked to decide, what those hear whom the
 * communication plan names, and whom its end is told (NIST SP 800-53, CM-3(1)b and f; ISO 27001, A.8.32).
 * @param list what the event sets off
 */
export function marked(event: ChangeEvent, change: Change, list: readonly Effect[]): Effect[] {
  const of = newsIn(event);
  return list.map((effect) => {
    const told = toldBy(effect, change, of);
    return told ? { ...effect, told } : effect;
  });
}

function toldBy(effect: Effect, { proposal }: Change, of: NoticeOf | undefined): Told | undefined {
  if (effect.do === 'card' && effect.card === 'ask') return { of: 'asked', stage: effect.stage };
  const to = readerOf(effect);
  if (of === undefined || to === undefined) return undefined;
  const { stakeholders = [], stakeholderChannels = [] } = proposal;
  return of === 'ended' || [...stakeholders, ...stakeholderChannels].includes(to) ? { of } : undefined;
}

/** Whom an effect tells what the event was; who is asked to verify or to review is told so by their card. */
function readerOf(effect: Effect): string | undefined {
  if (effect.do === 'tell') return effect.channel;
  if (effect.do === 'note') return effect.to === 'thread' ? undefined : effect.to;
  return effect.do === 'card' && 'to' in effect ? effect.to : undefined;
}

/** What an event tells those whom the communication plan names, if anything (`stakeholders.ts`). */
function newsIn(event: ChangeEvent): NoticeOf | undefined {
  switch (event.type) {
    case 'ChangeApproved':
    case 'Scheduled':
      return 'planned';
    case 'Started':
      return 'started';
    case 'Finished':
    case 'RolledBack':
      return 'ended';
    case 'Cancelled':
    case 'Expired':
      return 'called off';
    case 'Edited':
    case 'Unscheduled':
    case 'Caught':
      return event.lost ? 'called off' : undefined;
    default:
      return undefined;
  }
}
