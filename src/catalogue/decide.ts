import { freshNotices } from '../change/decide/notify.ts';
import type { Facts } from '../change/facts.ts';
import type { Failure } from '../change/from-template.ts';
import { inRole } from '../change/holders.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import { concerned, keeperAs, keeperTitle, stillToVote } from './board.ts';
import { propose, revise, withdraw } from './decide-proposal.ts';
import { askAgain, vote } from './decide-vote.ts';
import { beforeBoard } from './offer.ts';
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
    case 'Withdraw':
      return withdraw(template, command, facts);
    case 'Remind':
      return remind(template, command, facts);
    case 'Notify': {
      const { by, at } = command;
      const notices = freshNotices(template.notices, by, command.notices);
      return notices.length > 0 ? [{ type: 'TemplateNotified', by, at, notices }] : [];
    }
    case 'AskAgain':
      return askAgain(template, command, facts);
    case 'Suspend':
      return suspend(template, command, facts);
    case 'Reinstate':
      return reinstate(template, command, facts);
    case 'Retire':
      return retire(template, command, facts);
    default:
      return command satisfies never;
  }
}

/**
 * A part of a vote's time has passed: those who have not voted are reminded, and once all of it has, the overseer is
 * told and deputies may vote. A timer that comes too late or again does nothing.
 */
function remind(template: Template, command: CommandOf<'Remind'>, facts: Facts): TemplateEvent[] {
  const { at, percent } = command;
  const version = beforeBoard(template);
  if (version?.version !== command.version) return [];
  if ((version.reminded ?? 0) >= percent) return [];
  const people = stillToVote({ ...version, reminded: percent }, facts);
  const overseers = percent >= 100 ? inRole(facts.holders, facts.policy.overseer) : [];
  const { version: n } = version;
  return [{ type: 'TemplateReminded', by: 'docket', at, version: n, percent, people, overseers }];
}

/** How a change ended after which its template is suspended, within a sentence. */
const ENDED: Record<Failure['outcome'], string> = {
  partial: 'it ended as partial',
  failed: 'it ended as failed',
  'rolled back': 'it was rolled back',
  'left open': 'its verification has left something open',
};

/** What did not go well once is not agreed beforehand any more, until somebody has looked at it. Each change counts once. */
function suspend(template: Template, command: CommandOf<'Suspend'>, facts: Facts): TemplateEvent[] {
  const { by, at, change, number, outcome, people, words } = command;
  if (by !== 'docket')
    throw new Refusal('not your role', 'A template is suspended by what happens, not by hand.');
  if (template.suspended || template.retired || template.failures.includes(change)) return [];
  if (!facts.policy.catalogue?.suspendAfter.includes(outcome)) return [];
  const why = words ? `${ENDED[outcome]}. ${words}` : ENDED[outcome];
  const tell = concerned(template, facts);
  return [{ type: 'TemplateSuspended', by, at, change, number, why, people, tell }];
}

/** Somebody who keeps the catalogue in order, and whose change it was not that failed, says why it may be used again. */
function reinstate(template: Template, command: CommandOf<'Reinstate'>, facts: Facts): TemplateEvent[] {
  const { by, at } = command;
  if (template.retired) throw new Refusal('not now', 'This template was retired. Propose a new one instead.');
  if (!keeperAs(by, facts))
    throw new Refusal('not your role', `Only the ${keeperTitle(facts)} can reinstate a template.`);
  if (!template.suspended) return [];
  const { number, people } = template.suspended;
  const right = keeperAs(by, facts, people);
  if (!right) {
    const whose = people.some((person) => person === by) ? 'yours' : 'that of whom you stand in for';
    throw new Refusal('own change', `${number} was ${whose}, so somebody else has to reinstate it.`);
  }
  const words = command.words.trim();
  if (!words) throw wordless('Please say why it may be used again.');
  return [{ type: 'TemplateReinstated', by, at, ...right, words }];
}

function retire(template: Template, command: CommandOf<'Retire'>, facts: Facts): TemplateEvent[] {
  const { by, at } = command;
  const right = by === template.owner ? {} : keeperAs(by, facts);
  if (!right) {
    const who = `<@${template.owner}>, the ${keeperTitle(facts)}`;
    throw new Refusal('not your role', `Only ${who} can retire it.`);
  }
  if (template.retired) return [];
  const words = command.words.trim();
  if (!words) throw wordless('Please say why it is no longer to be used.');
  return [{ type: 'TemplateRetired', by, at, ...right, words }];
}
