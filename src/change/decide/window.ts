import { MINUTE } from '../../calendar/zone.ts';
import type { WindowMoment } from '../aftermath.ts';
import type { Facts } from '../facts.ts';
import { inRole } from '../holders.ts';
import { unscheduled } from '../settle.ts';
import type { Change, ChangeEvent, CommandOf, Instant } from '../types.ts';
import { obstaclesNow, wantedBy } from '../window-rules.ts';

/** How long after a moment of the window its people are told, in minutes: ahead of the start, and when it is late. */
const AFTER: Record<WindowMoment, number> = { 'day before': -24 * 60, 'hour before': -60, start: 15, end: 0 };

/** The instant at which people are told of a moment, given the start or end of the window that it belongs to. */
export function toldAt(moment: WindowMoment, of: Instant): Instant {
  return of + AFTER[moment] * MINUTE;
}

/** The start or end of a change's window that a moment belongs to; without a window, until when either is to be. */
export function windowSide(change: Change, moment: WindowMoment): Instant | undefined {
  const { startsAt, endsAt } = change.proposal;
  if (moment === 'end') return endsAt ?? ('endBy' in change ? change.endBy : undefined);
  return startsAt ?? ('startBy' in change ? change.startBy : undefined);
}

/**
 * A moment of the window has come: it opens in a day or an hour, should have been started a quarter of an hour ago,
 * or is over while the change is still being carried out, or was not even started. Of what runs too long, and of what
 * has no window and is not started, it is said every day. A timer of an earlier approval or another window does nothing.
 */
export function keepTime(
  change: Change,
  { at, moment, approvedAt, of, due }: CommandOf<'KeepTime'>,
  facts: Facts,
): ChangeEvent[] {
  const { holders, policy } = facts;
  const waits = change.status === 'scheduled' || (change.status === 'approved' && !wantedBy(change));
  const runs = change.status === 'implementing';
  if (!(waits || (runs && moment === 'end'))) return [];
  if (change.approvedAt !== approvedAt || windowSide(change, moment) !== of) return [];
  const said = due === undefined ? change.told.includes(moment) : (change.saidAgain ?? 0) >= due;
  if (said) return [];
  const by = 'docket';
  const overseers = inRole(holders, policy.overseer);
  switch (moment) {
    case 'day before':
    case 'hour before':
      // Told late, after a downtime, it would be wrong.
      return at < of ? [{ type: 'WindowNear', by, at, moment }] : [];
    case 'start':
      return [{ type: 'StartOverdue', by, at, ...(due !== undefined && { due, overseers }) }];
    case 'end':
      if (runs) return [{ type: 'Overran', by, at, overseers, ...(due !== undefined && { due }) }];
      return at < of ? [] : [unscheduled(change, obstaclesNow(change, facts, at), facts, at)];
    default:
      return moment satisfies never;
  }
}
