import type { SectionBlock } from '@slack/types';
import type { ClashCause } from '../../calendar/clashes.ts';
import type { Freeze } from '../../calendar/freezes.ts';
import type { Facts } from '../../change/facts.ts';
import type { Obstacle } from '../../change/scheduling.ts';
import { isUnderReview } from '../../change/states.ts';
import type { Change, Instant } from '../../change/types.ts';
import { obstacles, obstaclesNow, wantedBy } from '../../change/window-rules.ts';
import type { Policy } from '../../policy/schema.ts';
import { section, sections } from '../blocks/blocks.ts';
import { escaped, inLine, mention, quote, span } from '../blocks/format.ts';

/** How many of them a card names; the full record has them all. */
const SHOWN = 5;
/** How many reasons of one clash, so that its neighbours find room beside it. */
const CAUSES = 5;

const FREEZES: Record<Freeze['kind'], string> = {
  hard: 'Freeze',
  soft: 'Soft freeze',
  stop: 'The line is stopped',
};

/** What stands against a window, a line each, at most `most` of them; what is only pointed out comes last. */
export function obstacleLines(found: readonly Obstacle[], policy: Policy, most = SHOWN): string[] {
  const sorted = [...found].sort((a, b) => Number(a.weight === 'warning') - Number(b.weight === 'warning'));
  const lines = sorted.slice(0, most).map((problem) => `• ${obstacleLine(problem, policy)}`);
  const more = found.length - lines.length;
  return more > 0 ? [...lines, `• and ${more} more: _Full record_ names them all`] : lines;
}

function obstacleLine(problem: Obstacle, policy: Policy): string {
  switch (problem.kind) {
    case 'hard freeze':
    case 'soft freeze':
    case 'stop the line':
      return freezeLine(problem.freeze);
    case 'clash': {
      const { with: other, because } = problem.clash;
      const causes = because.slice(0, CAUSES).map((cause) => causeWords(cause, policy));
      const why = [...causes, ...moreThan(CAUSES, because)].join(', ');
      return `Clash with *${other.number}* ${quote(other.title, 80)} (${mention(other.implementer)}, ${span(other.startsAt, other.endsAt)}): ${why}`;
    }
    case 'end before start':
    case 'in the past':
    case 'execution time':
      return escaped(problem.sentence);
    default:
      return problem satisfies never;
  }
}

function moreThan(most: number, { length }: readonly unknown[]): string[] {
  return length > most ? [`and ${length - most} more reasons`] : [];
}

/** A freeze with its time and the reason for it. */
export function freezeLine({
  kind,
  startsAt,
  endsAt,
  reason,
}: Pick<Freeze, 'kind' | 'startsAt' | 'endsAt' | 'reason'>): string {
  return `*${FREEZES[kind]}* ${span(startsAt, endsAt)}: ${inLine(reason, 150)}`;
}

/** Whom a freeze holds. */
export function scopeWords(scope: Freeze['scope'], policy: Policy): string {
  const names = (ids: readonly string[], title: (id: string) => string | undefined) =>
    ids.map((id) => escaped(title(id) ?? id)).join(', ');
  const parts = [
    names(scope.systems, (id) => policy.systems[id]?.title),
    names(scope.environments, (id) => policy.environments[id]),
    scope.categories.length > 0 ? `${names(scope.categories, (id) => id)} changes` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `Only ${parts.join('; ')}` : 'All changes';
}

function causeWords(cause: ClashCause, { systems }: Policy): string {
  const title = (id: string) => escaped(systems[id]?.title ?? id);
  switch (cause.kind) {
    case 'same system':
      return `both on ${title(cause.system)}`;
    case 'upstream':
    case 'downstream': {
      const [needs, needed] =
        cause.kind === 'upstream' ? [cause.system, cause.other] : [cause.other, cause.system];
      return `${title(needs)} depends on ${title(needed)}`;
    }
    case 'same implementer':
      return `${mention(cause.person)} carries out both`;
    default:
      return cause satisfies never;
  }
}

/**
 * What stands against the window of a change that is still to be started, or where it has none against a start now, as
 * part of a card; nothing if nothing does.
 */
export function windowBlocks(change: Change, facts: Facts, now: Instant): SectionBlock[] {
  // Of what was returned its requester may still have to name a window.
  const named = change.status === 'returned' && change.proposal.startsAt !== undefined;
  const waits = named || isUnderReview(change) || ['approved', 'scheduled'].includes(change.status);
  const found = waits ? obstaclesNow(change, facts, now) : [];
  if (found.length === 0) return [];
  const against = found.some(({ weight }) => weight !== 'warning');
  const what = wantedBy(change) ? 'Its window cannot be had as it is' : 'It cannot be started as things are';
  const title = against ? `⛔ *${what}*` : '⚠️ *At the same time*';
  return [section([title, ...obstacleLines(found, facts.policy)].join('\n'))];
}

/** All of them, for the full record. */
export function allObstacles(change: Change, facts: Facts): SectionBlock[] {
  const wanted = wantedBy(change);
  const found = wanted ? obstacles(change, wanted, facts, 0) : [];
  if (found.length === 0) return [];
  return sections(['*Conflicts of its window*', ...obstacleLines(found, facts.policy, found.length)]).slice(
    0,
    6,
  );
}
