import type { Proposal } from '../../src/change/types.ts';
import type { Category } from '../../src/policy/schema.ts';
import { MAYA, PRIYA } from './company.ts';

/** Monday 2 March 2026, 10:00 in Berlin: a working hour. */
export const MONDAY_10 = Date.UTC(2026, 2, 2, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Saturday 7 March 2026, 23:00 in Berlin, for two hours: at that time changes of any risk may be carried out. */
const startsAt = Date.UTC(2026, 2, 7, 22);
const endsAt = startsAt + 2 * HOUR;
/** From Monday 10:00 until the window is open. */
export const UNTIL_OPEN = startsAt - MONDAY_10;

/** Nothing is affected but the database. */
const assessment = {
  components: { affected: ['database'], note: 'Disk grows by a tenth.' },
  ...Object.fromEntries(
    ['performance', 'scalability', 'users', 'operations', 'finance', 'upstream', 'downstream'].map(
      (group) => [group, { affected: [] }],
    ),
  ),
};

const harmless = {
  ...{ users: 'nobody', rollback: 'easy', tested: 'routine' },
  ...{ timing: 'quiet', systems: 'internal', downtime: 'none' },
};

/** A complete, low-risk standard change, altered. `undefined` empties a field. */
export function standard(more: Altered = {}): Proposal {
  return altered({
    title: 'Rotate the TLS certificates',
    description: 'Replace the certificates of the load balancers, which end on 20 March.',
    systems: ['load_balancer'],
    riskAnswers: harmless,
    successCriteria: 'All endpoints present the new certificate.',
    ...{ startsAt, endsAt },
    rollbackSteps: 'Put the old certificates back.\nReload the load balancers.',
    ...more,
  });
}

/** A complete, low-risk normal change, altered. `undefined` empties a field. */
export function normal(more: Altered = {}): Proposal {
  return altered({
    title: 'Split the bookings table by month',
    description: 'Partition the bookings table so that old months can be archived.',
    justification: 'Searches of the last year take 4 seconds.',
    systems: ['database', 'booking_api'],
    databaseChanges: 'Partition bookings by created_at.',
    userImpact: 'None expected.',
    systemImpact: 'Heavy writes for 20 minutes.',
    businessImpact: 'Faster search for agents.',
    downtimeMinutes: 0,
    assessment,
    riskAnswers: harmless,
    risks: 'The copy takes longer than planned.',
    mitigations: 'Rehearsed on a copy of production.',
    contingency: 'Stop the copy; the old table is untouched.',
    testEnvironments: ['staging'],
    testCases: 'Booking, search and refund on staging.',
    successCriteria: 'Search p95 under 400 ms for one hour.',
    rollbackRehearsed: true,
    ...{ startsAt, endsAt },
    resources: 'Two engineers of the database team.',
    communicationPlan: 'Post in #support before and after.',
    rollbackSteps: 'Rename the old table back.',
    rollbackMinutes: 10,
    rollbackValidation: 'Row counts are equal.',
    rollbackContacts: [MAYA],
    ...more,
  });
}

/** A complete emergency change, altered. `undefined` empties a field. */
export function emergency(more: Altered = {}): Proposal {
  return altered({
    title: 'Stop double charges',
    justification: 'Payments are taken twice since 09:40.',
    description: 'Switch the retry of the payment worker off.',
    systems: ['payments'],
    rollbackSteps: 'Switch it on again.',
    implementer: PRIYA,
    incident: 'https://incidents.example.com/4711',
    ...more,
  });
}

/** A complete proposal of any category. */
export const complete = { standard, normal, emergency } satisfies Record<Category, typeof normal>;

/** Six answers whose points make a proposal of this risk by the shipped policy. */
export const risky = {
  low: harmless,
  medium: { ...harmless, users: 'many', tested: 'staging', timing: 'business' },
  high: { ...harmless, users: 'everybody', rollback: 'impossible', timing: 'business' },
};

type Altered = { [F in keyof Proposal]?: Proposal[F] | undefined };

function altered(proposal: Altered): Proposal {
  const filled = Object.entries(proposal).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled);
}
