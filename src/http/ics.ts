import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { type Freeze, freezesIn } from '../calendar/freezes.ts';
import type { Interval } from '../calendar/interval.ts';
import type { Planned } from '../change/planned.ts';
import type { Policy } from '../policy/schema.ts';
import { titlesOf } from '../policy/systems.ts';

/** How often calendar programs should look again, in seconds. */
const LOOK_AGAIN = 15 * 60;
/** What nobody has agreed to yet. */
const TENTATIVE: readonly string[] = ['validating', 'in review', 'returned', 'deferred'];

/**
 * Planned changes and freezes as a calendar in RFC 5545. Nothing in it makes its reader busy: it is the company's
 * plan, not theirs.
 * @param freezes those that were declared; those of every year are in the policy
 * @param nameOf what a person is called
 */
export function icsOf(
  policy: Policy,
  range: Interval,
  planned: readonly Planned[],
  freezes: readonly Freeze[],
  nameOf: (person: string) => string,
): string {
  const calendar = ical({
    name: `Changes at ${policy.company}`,
    prodId: { company: 'Docket', product: 'Change calendar' },
    ttl: LOOK_AGAIN,
  });
  const transparency = ICalEventTransparency.TRANSPARENT;
  for (const change of planned)
    calendar.createEvent({
      ...{ id: change.id, transparency, ...span(change) },
      summary: oneLine(`${change.number} ${change.title}`),
      description: describe(policy, change, nameOf),
      status: TENTATIVE.includes(change.status) ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      categories: [{ name: change.category }, { name: `${change.risk} risk` }],
    });
  for (const freeze of freezesIn(policy, freezes, range))
    calendar.createEvent({
      ...{ id: freeze.id, transparency, ...span(freeze) },
      summary: oneLine(`${FREEZE[freeze.kind]}: ${freeze.reason}`),
      description: describeScope(policy, freeze),
      status: ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}

const FREEZE = { hard: 'Freeze', soft: 'Soft freeze', stop: 'Line stopped' } as const;

function span({ startsAt, endsAt }: { startsAt: number; endsAt: number }) {
  return { start: new Date(startsAt), end: new Date(endsAt), stamp: new Date(startsAt) };
}

function describe(policy: Policy, change: Planned, nameOf: (person: string) => string): string {
  const systems = titlesOf(policy.systems);
  return [
    `${policy.categories[change.category].title} change, ${change.risk} risk, ${change.status}`,
    ...(change.systems.length > 0
      ? [`Systems: ${change.systems.map((id) => systems[id] ?? id).join(', ')}`]
      : []),
    `Asked for by ${nameOf(change.requester)}, carried out by ${nameOf(change.implementer)}`,
    `In Slack: /change show ${change.number}`,
  ].join('\n');
}

function describeScope(policy: Policy, { scope }: Freeze): string {
  const systems = titlesOf(policy.systems);
  const named = [
    ...scope.systems.map((id) => systems[id] ?? id),
    ...scope.environments.map((id) => policy.environments[id] ?? id),
    ...scope.categories.map((id) => `${policy.categories[id].title} changes`),
  ];
  return named.length > 0 ? `Holds: ${named.join(', ')}` : 'Holds every change';
}

/** A title is one line in every calendar program. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
