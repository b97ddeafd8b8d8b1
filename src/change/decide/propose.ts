import type { Facts } from '../facts.ts';
import { templateOf } from '../from-template.ts';
import { isOverseer, overseerTitle } from '../overseer.ts';
import { quoted, Refusal } from '../refusal.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';
import { wentWell } from '../went-well.ts';

/**
 * Somebody wants to propose it for the catalogue. To the change itself nothing happens: the template is the
 * catalogue's. But who may not do that has tried it on this change, and there is no other record that could say so.
 */
export function offerAsExample(
  change: Change,
  { by }: CommandOf<'OfferAsExample'>,
  facts: Facts,
): ChangeEvent[] {
  proposable(change, by, facts);
  return [];
}

/** @throws {Refusal} unless this person may propose this change now: whatever they say of it would be refused */
export function proposable(change: Change, by: string, facts: Facts): Closed {
  const closed = example(change);
  checkMayPropose(closed, by, facts);
  return closed;
}

type Closed = Change & { status: 'closed' };

function example(source: Change): Closed {
  const { number } = source;
  if (source.status !== 'closed' || source.outcome !== 'success') {
    const now = source.status === 'closed' ? `closed (${source.outcome})` : source.status;
    const sentence = `Only a change that is closed and went well can become a template; ${number} is ${now}.`;
    throw new Refusal('not now', sentence);
  }
  if (!wentWell(source)) {
    const sentence = `Only a change that went well in everything can become a template; the verification of ${number} left something open.`;
    throw new Refusal('not now', sentence);
  }
  const from = templateOf(source);
  if (from)
    throw new Refusal(
      'not now',
      `${number} was filed from the catalogue: “${quoted(from.title)}” is there already. \`/change catalogue\` shows it.`,
    );
  return source;
}

function checkMayPropose(source: Closed, by: string, facts: Facts): void {
  if (by === source.requester || by === source.implementer || isOverseer(facts, by)) return;
  const sentence = `Only those who asked for ${source.number} or carried it out, and the ${overseerTitle(facts)}, can propose it.`;
  throw new Refusal('not your role', sentence);
}
