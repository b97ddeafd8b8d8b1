import type { Facts } from '../change/facts.ts';
import { isOverseer, overseerTitle } from '../change/overseer.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import { propose, revise } from './decide-proposal.ts';
import { vote } from './decide-vote.ts';
import type { CommandOf, Source, Template, TemplateCommand, TemplateEvent } from './types.ts';

/**
 * The rules of the catalogue. What happens to a template when somebody gives a command; an empty list when it is
 * done already.
 * @param template as it is now, or `undefined` before it is proposed
 * @throws {Refusal} with the reason and the next step
 */
export function decideTemplate(
  template: Template | undefined,
  command: TemplateCommand,
  facts: Facts & Source,
): TemplateEvent[] {
  if (command.type === 'Propose') return template ? [] : propose(command, facts);
  if (!template) throw new Refusal('unknown', 'There is no such template. Try `/change catalogue`.');
  switch (command.type) {
    case 'Revise':
      return revise(template, command, facts);
    case 'Vote':
      return vote(template, command, facts);
    case 'Suspend':
      return suspend(template, command);
    case 'Reinstate':
      return reinstate(template, command, facts);
    case 'Retire':
      return retire(template, command, facts);
    default:
      return command satisfies never;
  }
}

/** What did not go well once is not agreed beforehand any more, until somebody has looked at it. */
function suspend(template: Template, command: CommandOf<'Suspend'>): TemplateEvent[] {
  const { by, at, change, number, why } = command;
  if (by !== 'docket')
    throw new Refusal('not your role', 'A template is suspended by what happens, not by hand.');
  if (template.suspended || template.retired) return [];
  return [{ type: 'TemplateSuspended', by, at, change, number, why }];
}

function reinstate(template: Template, command: CommandOf<'Reinstate'>, facts: Facts): TemplateEvent[] {
  const { by, at } = command;
  if (template.retired) throw new Refusal('not now', 'This template was retired. Propose a new one instead.');
  if (!isOverseer(facts, by))
    throw new Refusal('not your role', `Only the ${overseerTitle(facts)} can reinstate a template.`);
  if (!template.suspended) return [];
  const words = command.words.trim();
  if (!words) throw wordless('Please say why it may be used again.');
  return [{ type: 'TemplateReinstated', by, at, words }];
}

function retire(template: Template, command: CommandOf<'Retire'>, facts: Facts): TemplateEvent[] {
  const { by, at } = command;
  checkKeeps(template, by, facts, 'retire it');
  if (template.retired) return [];
  const words = command.words.trim();
  if (!words) throw wordless('Please say why it is no longer to be used.');
  return [{ type: 'TemplateRetired', by, at, words }];
}

function checkKeeps(template: Template, by: TemplateCommand['by'], facts: Facts, what: string): void {
  if (by === template.owner || isOverseer(facts, by)) return;
  throw new Refusal(
    'not your role',
    `Only <@${template.owner}> and the ${overseerTitle(facts)} can ${what}.`,
  );
}
