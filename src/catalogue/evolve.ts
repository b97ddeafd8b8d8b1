import type { Template, TemplateEvent, Version } from './types.ts';

/**
 * What a template is after one more event.
 * @throws when the event cannot follow what came before: the record is broken
 */
export function evolveTemplate(template: Template | undefined, event: TemplateEvent, id: string): Template {
  if (event.type === 'TemplateProposed') return proposed(template, event, id);
  if (!template) throw new Error(`${event.type} before TemplateProposed in ${id}`);
  const next = { ...template, seq: template.seq + 1 };
  switch (event.type) {
    case 'TemplateVoted': {
      const { type: _, version, ...vote } = event;
      return withVersion(next, version, (held) => ({ ...held, votes: [...held.votes, vote] }));
    }
    case 'TemplateApproved':
      return lifted(decided(next, event, 'approved'), event.version);
    case 'TemplateRejected':
      return decided(next, event, 'rejected');
    case 'TemplateWithdrawn':
      return decided(next, event, 'withdrawn');
    case 'TemplateReminded': {
      const { version, percent, people } = event;
      return withVersion(next, version, (held) => ({
        ...held,
        reminded: percent,
        asked: [...new Set([...held.asked, ...people])],
      }));
    }
    case 'TemplateAskedAnew': {
      const { version, asked, voters } = event;
      return withVersion(next, version, (held) => ({ ...held, asked, voters }));
    }
    case 'TemplateSuspended': {
      const { change, number, why, at, people } = event;
      const failures = [...next.failures, change];
      return { ...next, suspended: { change, number, why, at, people }, failures };
    }
    case 'TemplateReinstated': {
      const { suspended: _, ...rest } = next;
      return rest;
    }
    case 'TemplateNotified':
      return { ...next, notices: [...(next.notices ?? []), ...event.notices] };
    case 'TemplateRefused':
      return next;
    case 'TemplateRetired':
      return { ...next, retired: { by: event.by, at: event.at, words: event.words } };
    default:
      return event satisfies never;
  }
}

function proposed(
  template: Template | undefined,
  event: TemplateEvent & { type: 'TemplateProposed' },
  id: string,
): Template {
  const { type: _, from, by, at, reminders: __, ...text } = event;
  const version: Version = { ...text, proposer: by, proposedAt: at, votes: [] };
  if (template) return { ...template, seq: template.seq + 1, versions: [...template.versions, version] };
  if (!from) throw new Error(`${id} begins without the change that it was taken from`);
  return { id, seq: 1, owner: by, from, versions: [version], failures: [] };
}

function decided(
  template: Template,
  { version, at }: { version: number; at: number },
  outcome: 'approved' | 'rejected' | 'withdrawn',
): Template {
  return withVersion(template, version, (held) => ({ ...held, decided: { outcome, at } }));
}

/** What the board approves knowing of the failure is not suspended for it any more. */
function lifted(template: Template, version: number): Template {
  const { suspended, ...rest } = template;
  const proposedAt = template.versions.find((held) => held.version === version)?.proposedAt ?? 0;
  return suspended && proposedAt >= suspended.at ? rest : template;
}

function withVersion(template: Template, version: number, alter: (held: Version) => Version): Template {
  const versions = template.versions.map((held) => (held.version === version ? alter(held) : held));
  return { ...template, versions };
}
