import { unqualified } from '../change/examine.ts';
import type { Facts } from '../change/facts.ts';
import { rights } from '../change/holders.ts';
import { isOverseer, overseerTitle } from '../change/overseer.ts';
import { hashOf, tidy } from '../change/proposal.ts';
import { Refusal } from '../change/refusal.ts';
import { assessRisk } from '../change/risk.ts';
import { fillable, routeOf } from '../change/route.ts';
import type { Change, Proposal, Stage } from '../change/types.ts';
import type { FieldId } from '../policy/fields.ts';
import { beforeBoard } from './offer.ts';
import type { CommandOf, Content, Source, Template, TemplateEvent } from './types.ts';

/** What differs each time, and so is never part of a template. */
const PARTICULAR: readonly FieldId[] = ['title', 'startsAt', 'endsAt', 'reviewer', 'implementer', 'incident'];

/** A closed change that went well becomes a template, once the board agrees (guide, "Standard Changes"). */
export function propose(command: CommandOf<'Propose'>, facts: Facts & Source): TemplateEvent[] {
  const { title, use, locked } = command;
  const source = wentWell(facts.source);
  checkMayPropose(source, command.by, facts);
  const content = { title, use, locked, proposal: source.proposal };
  const from = { change: source.id, number: source.number };
  return [{ ...before(1, content, command, facts), from }];
}

/** A new text of a template. The one in force stays so until the board has approved this one. */
export function revise(template: Template, command: CommandOf<'Revise'>, facts: Facts): TemplateEvent[] {
  if (command.by !== template.owner && !isOverseer(facts, command.by)) {
    const who = `<@${template.owner}> and the ${overseerTitle(facts)}`;
    throw new Refusal('not your role', `Only ${who} can propose a new version.`);
  }
  if (template.retired) throw new Refusal('not now', 'This template was retired. Propose a new one instead.');
  const event = before(template.versions.length + 1, command.content, command, facts);
  if (template.versions.at(-1)?.hash === event.hash) return [];
  if (beforeBoard(template))
    throw new Refusal('not now', 'Another version is before the board. Wait until it has decided.');
  return [event];
}

/** Puts a text before the board, if it is one that a standard change may have. */
function before(version: number, given: Content, { by, at }: { by: string; at: number }, facts: Facts) {
  const content = checked(given, facts);
  const board = boardOf(facts);
  const voters = fillable(board.seats.map((seat) => rights(seat, by, facts.holders)));
  if (voters < (board.quorum ?? board.seats.length)) {
    const sentence = `${board.title} cannot reach its quorum: too few of its seats have somebody else in them. Ask an admin to fill them with \`/change setup\`.`;
    throw new Refusal('nobody to ask', sentence);
  }
  const hash = hashOf([version, content]);
  return { type: 'TemplateProposed' as const, by, at, version, content, hash, board, voters };
}

function checked(given: Content, { policy }: Facts): Content {
  const proposal = withoutParticular(tidy(policy, 'standard', given.proposal));
  const [title, use] = [given.title.trim(), given.use.trim()];
  if (!title || !use) throw new Refusal('incomplete', 'Please give it a title, and say when it may be used.');
  const why = unqualified(policy, 'standard', assessRisk(policy, 'standard', proposal));
  if (why) throw new Refusal('not qualified', `It cannot be agreed beforehand. ${why}`);
  // What is empty in the template is for whoever files from it to fill in.
  return { title, use, proposal, locked: given.locked.filter((field) => proposal[field] !== undefined) };
}

function withoutParticular(proposal: Proposal): Proposal {
  return Object.fromEntries(
    Object.entries(proposal).filter(([id]) => !PARTICULAR.some((field) => field === id)),
  );
}

/** The board is the one that votes on normal changes. @throws {Refusal} where the policy has none */
function boardOf({ policy }: Facts): Stage {
  const board = routeOf(policy, 'normal').find(({ kind }) => kind === 'vote');
  if (board) return board;
  throw new Refusal('not now', 'The policy has no board that votes, so nothing can be agreed beforehand.');
}

type Closed = Change & { status: 'closed' };

function wentWell(source: Change | undefined): Closed {
  if (!source) throw new Refusal('unknown', 'There is no such change. Try `/change list all`.');
  if (source.status === 'closed' && source.outcome === 'success') return source;
  const sentence = `Only a change that is closed and went well can become a template; ${source.number} is ${
    source.status === 'closed' ? `closed (${source.outcome})` : source.status
  }.`;
  throw new Refusal('not now', sentence);
}

function checkMayPropose(source: Closed, by: string, facts: Facts): void {
  if (by === source.requester || by === source.implementer || isOverseer(facts, by)) return;
  const sentence = `Only those who asked for ${source.number} or carried it out, and the ${overseerTitle(facts)}, can propose it.`;
  throw new Refusal('not your role', sentence);
}
