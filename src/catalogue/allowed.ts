import type { Facts } from '../change/facts.ts';
import { Refusal } from '../change/refusal.ts';
import type { Change, Instant, PersonId } from '../change/types.ts';
import { entriesOf } from '../entries.ts';
import { FIELD_IDS } from '../policy/fields.ts';
import { decideTemplate } from './decide.ts';
import { beforeBoard } from './offer.ts';
import type { Source, Template, TemplateIntent } from './types.ts';

export type TemplateStep = 'approve' | 'reject' | 'abstain' | 'withdraw' | 'revise' | 'reinstate' | 'retire';

/** What this person could do to this template now. It asks the rules themselves, as `allowed` does for a change. */
export function allowedOn(
  template: Template,
  person: PersonId,
  facts: Facts,
  at: Instant,
): Set<TemplateStep> {
  const seen = beforeBoard(template)?.hash ?? '';
  const last = template.versions.at(-1)?.content;
  const words = 'why';
  const tries: Record<TemplateStep, TemplateIntent | undefined> = {
    approve: { type: 'Vote', verdict: 'approve', seen },
    reject: { type: 'Vote', verdict: 'reject', seen, words },
    abstain: { type: 'Vote', verdict: 'abstain', seen, words },
    withdraw: { type: 'Withdraw', seen },
    revise: last && { type: 'Revise', content: { ...last, title: `${last.title} again` } },
    reinstate: { type: 'Reinstate', words },
    retire: { type: 'Retire', words },
  };
  const may = entriesOf(tries).filter(([, intent]) => intent && works(template, intent, person, facts, at));
  return new Set(may.map(([step]) => step));
}

/** Whether this person could propose this change for the catalogue now. */
export function mayPropose(source: Change, person: PersonId, facts: Facts, at: Instant): boolean {
  const locked = [...FIELD_IDS];
  const intent: TemplateIntent = { type: 'Propose', change: source.id, title: 'title', use: 'use', locked };
  return works(undefined, intent, person, { ...facts, source }, at);
}

function works(
  template: Template | undefined,
  intent: TemplateIntent,
  by: PersonId,
  facts: Facts & Source,
  at: Instant,
): boolean {
  try {
    // An empty answer means that it is done already.
    return decideTemplate(template, { ...intent, by, at }, facts).length > 0;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
