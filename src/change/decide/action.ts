import { DAY } from '../../calendar/zone.ts';
import type { ActionDraft, ActionItem, NewAction } from '../aftermath.ts';
import { participantsOf } from '../duties.ts';
import { boardReviewers } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { inRole } from '../holders.ts';
import { overseerAs } from '../overseer.ts';
import { oneOf, Refusal } from '../refusal.ts';
import type { Change, ChangeEvent, CommandOf, EventOf, Instant, PersonId, Right } from '../types.ts';

/** Something to be done is added after the implementation, by who took part, sits on its board, or oversees. */
export function addAction(
  change: Change,
  { by, at, action, item }: CommandOf<'AddAction'>,
  facts: Facts,
): ChangeEvent[] {
  if (!('actions' in change))
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; action items come out of its review.`,
    );
  if (change.actions.some(({ id }) => id === action)) return [];
  const { holders, policy } = facts;
  const may = [
    ...participantsOf(change, facts),
    ...boardReviewers(change, change.implementer, holders),
    ...inRole(holders, policy.overseer),
  ];
  if (!may.includes(by))
    throw new Refusal(
      'not your role',
      `Action items of ${change.number} are added by those who took part in it: ${oneOf([...new Set(may)])}.`,
    );
  const added = newActions([item], by, at, () => action);
  if (added.length === 0) throw incomplete(0);
  return added;
}

/** Its owner, the change's requester or an overseer says that it is done. */
export function completeAction(
  change: Change,
  { by, at, action }: CommandOf<'CompleteAction'>,
  facts: Facts,
): ChangeEvent[] {
  const item = itemOf(change, action);
  if (!item)
    throw new Refusal('unknown', `${change.number} has no such action item. Try \`/change actions\`.`);
  if (item.done) return [];
  const right = completesAs(change, item, by, facts);
  if (!right)
    throw new Refusal(
      'not your role',
      `Only <@${item.owner}>, <@${change.requester}> and those who oversee changes can say that this is done.`,
    );
  return [{ type: 'ActionCompleted', by, at, ...right, action }];
}

/**
 * The right in which somebody may say that an open item is done: of its owner and the requester none is asked, everybody
 * else is an overseer. Nothing if they may not.
 */
export function completesAs(
  { requester }: Pick<Change, 'requester'>,
  { owner }: Pick<NewAction, 'owner'>,
  person: PersonId,
  facts: Pick<Facts, 'holders' | 'policy'>,
): Partial<Right> | undefined {
  return [owner, requester].includes(person) ? {} : overseerAs(facts, person);
}

/**
 * An open item is due: its owner is told; a day later the overseer, and from then on both, every week until it is
 * done. A timer that came twice does nothing.
 */
export function chaseAction(
  change: Change,
  { at, action, due }: CommandOf<'ChaseAction'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  return chased(itemOf(change, action), { at, action, due }, { holders, policy });
}

/** The same of any action item, wherever it came from. */
export function chased(
  item: ActionItem | undefined,
  { at, action, due }: Pick<CommandOf<'ChaseAction'>, 'at' | 'action' | 'due'>,
  { holders, policy }: Pick<Facts, 'holders' | 'policy'>,
): EventOf<'ActionChased'>[] {
  if (!item || item.done || (item.chasedFor ?? 0) >= due) return [];
  const overseers = inRole(holders, policy.overseer);
  const [first, second] = [due === item.due, due === item.due + DAY];
  const people = first ? [item.owner] : second ? overseers : [item.owner, ...overseers];
  return [{ type: 'ActionChased', by: 'docket', at, action, due, people: [...new Set(people)] }];
}

/**
 * The events that add these items. Rows that were left empty are none.
 * @throws {Refusal} beside a row that lacks something, or is due in the past
 */
export function newActions(
  drafts: readonly ActionDraft[],
  by: PersonId,
  at: Instant,
  idOf: (n: number) => string,
): EventOf<'ActionAdded'>[] {
  return drafts.flatMap((draft, n): EventOf<'ActionAdded'>[] => {
    const { owner, due } = draft;
    const words = draft.words?.trim();
    if (!words && owner === undefined && due === undefined) return [];
    if (!words || owner === undefined || due === undefined) throw incomplete(n);
    // Its day may be today, and noon have passed.
    if (due < at - DAY) throw wrong(n, 'That day is in the past. Choose a later one.');
    return [{ type: 'ActionAdded', by, at, action: idOf(n), words, owner, due }];
  });
}

/** An action item of a change, as it is now. */
export function itemOf(change: Change, action: string): ActionItem | undefined {
  return 'actions' in change ? change.actions.find(({ id }) => id === action) : undefined;
}

function incomplete(n: number): Refusal {
  return wrong(n, 'Please say what is to be done, who does it and by which day.');
}

function wrong(n: number, sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { [`action.${n}`]: sentence });
}
