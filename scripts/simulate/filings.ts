import type { Proposal } from '../../src/change/types.ts';
import type { Category } from '../../src/policy/schema.ts';
import { complete, risky } from '../../test/change/proposals.ts';
import type { Company, Person } from './company.ts';
import { works } from './wall.ts';

/** A change that somebody is going to file. */
export interface Filing {
  at: number;
  by: string;
  category: Category;
  proposal(at: number): Proposal;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SYSTEMS = [
  'booking_api',
  'booking_web',
  'payments',
  'notifications',
  'search',
  'database',
  'cache',
  'monitoring',
];
/** Half past ten in the evening, UTC: from then on for five hours changes of any risk may run in Berlin, in summer too. */
const NIGHT = 22.5 * 60 * MINUTE;
const TITLES = [
  'Rotate the certificates',
  'Raise the limits',
  'Move the cache',
  'Upgrade the driver',
  'Add an index',
];

/** So many changes of all categories, spread over the working hours of those who file them; emergencies at any hour. */
export function drawFilings(
  random: () => number,
  { people, groups }: Company,
  count: number,
  from: number,
  to: number,
): Filing[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const engineers = people.filter(({ id }) => id.startsWith('UENGINEER'));
  const reviewers = groups
    .filter(({ handle }) => handle.startsWith('reviewers'))
    .flatMap(({ users }) => users);
  return Array.from({ length: count }, (): Filing => {
    const category = drawCategory(random());
    const one = pick(engineers);
    const [titled, system, night, early, part, length] = [
      pick(TITLES),
      pick(SYSTEMS),
      random(),
      random(),
      random(),
      random(),
    ];
    const implementer = random() < 0.7 ? undefined : pick(engineers).id;
    const reviewer =
      random() < 0.85 ? pick(reviewers.filter((id) => id !== one.id && id !== implementer)) : undefined;
    const [level, reviews, contact] = [random(), random(), pick(engineers).id];
    return {
      at: category === 'emergency' ? from + random() * (to - from) : workingInstant(random, one, from, to),
      by: one.id,
      category,
      proposal(at) {
        const title = `${titled} of ${system}`;
        if (category === 'emergency')
          return complete.emergency({ title, systems: [system], implementer: implementer ?? one.id });
        const ahead = category === 'standard' ? 2 + night * 4 : 12 + night * 18;
        const startsAt = nightAfter(at + ahead * DAY) + Math.floor(part * 12) * 15 * MINUTE;
        const window = { startsAt, endsAt: startsAt + (1 + Math.floor(length * 2)) * 60 * MINUTE };
        const who = implementer ? { implementer } : {};
        if (category === 'standard')
          return complete.standard({
            title,
            systems: [system],
            ...window,
            ...who,
            ...(reviewer && { reviewer }),
          });
        return complete.normal({
          ...{ title, systems: [system], rollbackContacts: [contact], ...window, ...who },
          ...{ stakeholders: [contact], stakeholderChannels: ['C0SUPPORT'] },
          riskAnswers: risky[level < 0.6 ? 'low' : level < 0.9 ? 'medium' : 'high'],
          ...(reviews < 0.3 && { reviews: [early < 0.7 ? 'security' : 'compliance'] }),
        });
      },
    };
  }).sort((a, b) => a.at - b.at);
}

const drawCategory = (part: number): Category =>
  part < 0.75 ? 'standard' : part < 0.93 ? 'normal' : 'emergency';

export function nightAfter(at: number): number {
  return Math.floor(at / DAY) * DAY + NIGHT;
}

function workingInstant(random: () => number, { zone }: Person, from: number, to: number): number {
  for (;;) {
    const at = from + random() * (to - from);
    if (works(zone, at)) return at;
  }
}
