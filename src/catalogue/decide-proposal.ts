import { deadline } from '../calendar/working-time.ts';
import { MINUTE } from '../calendar/zone.ts';
import { proposable } from '../change/decide/propose.ts';
import { unqualified } from '../change/examine.ts';
import type { Facts } from '../change/facts.ts';
import { askedEachTime } from '../change/from-template.ts';
import { candidates, rights } from '../change/holders.ts';
import { isOverseer, overseerTitle } from '../change/overseer.ts';
import { hashOf, labelOf, tidy } from '../change/proposal.ts';
import { Refusal } from '../change/refusal.ts';
import { assessRisk } from '../change/risk.ts';
import { fillable } from '../change/route.ts';
import type { Proposal } from '../change/types.ts';
import { FIELD_IDS, type FieldId } from '../policy/fields.ts';
import type { Policy } from '../policy/schema.ts';
import { boardOf } from './board.ts';
import { beforeBoard, inForce } from './offer.ts';
import type { CommandOf, Content, Source, Template, TemplateEvent, TemplateEventOf } from './types.ts';

/** What differs each time, and so is never part of a template. */
const PARTICULAR: readonly FieldId[] = ['title', 'startsAt', 'endsAt', 'reviewer', 'implementer', 'incident'];
/** The risk is what makes it a standard change, so it is as the board has judged it. */
const ALWAYS_LOCKED: readonly FieldId[] = ['riskAnswers', 'riskAtLeast'];
/** What is agreed beforehand is filed in a minute: no more than this is typed. */
const MOST_ASKED = 3;

/** A closed change that went well becomes a template, once the board agrees (guide, "Standard Changes"). */
export function propose(command: CommandOf<'Propose'>, facts: Facts & Source): TemplateEvent[] {
  const { title, use, locked } = command;
  if (!facts.source) throw new Refusal('unknown', 'There is no such change. Try `/change list all`.');
  const source = proposable(facts.source, command.by, facts);
  const { proposal } = source;
  const content = { title, use, locked, proposal, ...minutesOf(proposal) };
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
  const open = beforeBoard(template);
  if (
    open?.proposer === command.by &&
    before(open.version, command.content, command, facts).hash === open.hash
  )
    return [];
  if (open) throw new Refusal('not now', 'Another version is before the board. Wait until it has decided.');
  const proposed = before(template.versions.length + 1, command.content, command, facts);
  const current = inForce(template);
  if (current && !template.suspended && hashOf(current.content) === hashOf(proposed.content)) {
    const sentence = `This is version ${current.version}, which is in force. Alter something before you ask the board.`;
    throw new Refusal('nothing changed', sentence, { use: sentence });
  }
  return [proposed];
}

/** Whoever proposed a version, and the overseer, may take it back while the board has not decided. */
export function withdraw(
  template: Template,
  { by, at, seen }: CommandOf<'Withdraw'>,
  facts: Facts,
): TemplateEvent[] {
  const version = template.versions.find(({ hash }) => hash === seen);
  if (!version) throw new Refusal('unknown', 'There is no such version. Try `/change catalogue`.');
  if (by !== version.proposer && !isOverseer(facts, by)) {
    const who = `<@${version.proposer}> and the ${overseerTitle(facts)}`;
    throw new Refusal('not your role', `Only ${who} can take this proposal back.`);
  }
  if (version.decided?.outcome === 'withdrawn') return [];
  if (version.decided || template.retired)
    throw new Refusal('not now', 'This has been decided already. It can only be retired.');
  return [{ type: 'TemplateWithdrawn', by, at, version: version.version }];
}

/** What of a change would be part of a template, and so could be locked. */
export function ofTemplate(policy: Policy, proposal: Proposal): Proposal {
  return Object.fromEntries(
    Object.entries(tidy(policy, 'standard', proposal)).filter(
      ([id]) => !PARTICULAR.some((field) => field === id),
    ),
  );
}

/** Which of a template's fields may be left open, and how many of them, so that filing from it stays short. */
export function mayVary(policy: Policy, content: Pick<Content, 'proposal' | 'minutes'>) {
  const { required } = policy.categories.standard;
  const held = ofTemplate(policy, content.proposal);
  const filled = FIELD_IDS.filter((field) => held[field] !== undefined);
  const fields = filled.filter((field) => required.includes(field) && !ALWAYS_LOCKED.includes(field));
  const particular = askedEachTime(policy, { ...content, locked: filled });
  return { fields, particular, most: Math.max(0, MOST_ASKED - particular.length) };
}

/** Puts a text before the board, if it is one that a standard change may have. */
function before(
  version: number,
  given: Content,
  { by, at }: { by: string; at: number },
  facts: Facts,
): TemplateEventOf<'TemplateProposed'> {
  const { policy, holders } = facts;
  const board = boardOf(facts);
  const content = checked(given, policy);
  const voters = fillable(board.seats.map((seat) => rights(seat, by, holders)));
  if (voters < (board.quorum ?? board.seats.length)) {
    const sentence = `${board.title} cannot reach its quorum: too few of its seats have somebody else in them. Ask an admin to fill them with \`/change setup\`.`;
    throw new Refusal('nobody to ask', sentence);
  }
  const clock = policy.catalogue?.clock ?? policy.categories.normal.clock;
  const until = (share: number) => deadline(policy, clock, at, share);
  return {
    ...{
      type: 'TemplateProposed',
      by,
      at,
      version,
      content,
      hash: hashOf([version, content]),
      board,
      voters,
    },
    asked: [...new Set(board.seats.flatMap((seat) => candidates(seat, by, holders)))],
    deadline: until(1),
    reminders: policy.reminders.map((percent) => ({ percent, at: until(percent / 100) })),
  };
}

function checked(given: Content, policy: Policy): Content {
  const proposal = ofTemplate(policy, given.proposal);
  const [title, use] = [given.title.trim(), given.use.trim()];
  if (!title || !use)
    throw new Refusal('incomplete', 'Please give it a title, and say when it may be used.', {
      ...(!title && { name: 'Please give it a title.' }),
      ...(!use && { use: 'Please say when it may be used.' }),
    });
  const why = unqualified(policy, 'standard', assessRisk(policy, 'standard', proposal));
  if (why) throw new Refusal('not qualified', `It cannot be agreed beforehand. ${why}`);
  const wanted = [...given.locked, ...ALWAYS_LOCKED];
  // What is empty in the template is for whoever files from it to fill in.
  const locked = FIELD_IDS.filter((field) => wanted.includes(field) && proposal[field] !== undefined);
  const { minutes } = given;
  const content = { title, use, proposal, locked, ...(minutes !== undefined && { minutes }) };
  checkShort(content, policy);
  return content;
}

/** @throws {Refusal} when filing from it would be as much typing as without it */
function checkShort(content: Content, policy: Policy): void {
  const { particular, most } = mayVary(policy, content);
  const open = askedEachTime(policy, content).filter((field) => !particular.includes(field));
  if (open.length <= most) return;
  const names = (fields: readonly FieldId[]) =>
    fields.map((field) => labelOf(policy, 'standard', field)).join(', ');
  const sentence = `Filing from it should take ${MOST_ASKED} fields at most. ${names(particular)} differ each time; of ${names(open)}, ${most === 0 ? 'none' : most} may vary as well.`;
  throw new Refusal('not qualified', sentence, { varies: sentence });
}

function minutesOf({ startsAt, endsAt }: Proposal): { minutes?: number } {
  return startsAt === undefined || endsAt === undefined
    ? {}
    : { minutes: Math.round((endsAt - startsAt) / MINUTE) };
}
