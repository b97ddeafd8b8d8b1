import type { Period } from '../../calendar/period.ts';
import { countActions } from '../../db/actions.ts';
import { finishedBetween } from '../../db/outcomes.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import { CATEGORIES } from '../../policy/schema.ts';
import { count, escaped, mentions } from '../blocks/format.ts';
import { byCategory, ratesByCategory } from './success-rates.ts';
import { upkeep } from './upkeep.ts';

/** The process is looked at four times a year (guide, "Update Procedures"). */
export const quarterlyReview = upkeep({
  ...{ id: 'quarterly_process_review', every: 'quarter', about: 'last' },
  title: 'Review of the change process',
  ask: [
    'Go through the quarter: where did changes wait, fail or take a way around the process?',
    'Say what is to be different, and have the policy changed where it is.',
  ],
  async facts({ db, policy, clock }, { key, start, end }) {
    const actions = await countActions(db, clock.now());
    return [
      '*The quarter, as the record has it*',
      ...ratesByCategory(policy, byCategory(await finishedBetween(db, start, end))),
      `Open action items: ${actions.open}, of which ${actions.overdue} are late. \`/change actions\` lists them.`,
      `\`/change evidence ${key}\` has each change, approval and freeze of it, and what did not keep to the rules.`,
    ];
  },
});

/** The approval workflows are looked at once a year. */
export const workflowReview = upkeep({
  ...{ id: 'annual_workflow_review', every: 'year', about: 'this' },
  title: 'Review of the approval workflows',
  ask: [
    'Are these the right people to ask, in the right order, within the right time?',
    'Is anybody still in a role that is not theirs any more? `/change setup` changes that.',
  ],
  facts: workflows,
});

async function workflows(world: World, _: Period): Promise<string[]> {
  const { policy, holders } = await loadFacts(world);
  const people = (roles: readonly string[]) => [
    ...new Set(roles.flatMap((role) => (holders.get(role) ?? []).map(({ person }) => person))),
  ];
  type Seats = (typeof policy.categories)['normal']['stages'][number]['seats'];
  const asked = ({ roles }: Seats[number]) => mentions(people(roles), 6) || '*nobody*';
  const bySeat = (seats: Seats) =>
    seats.map((seat) => `${seats.length > 1 ? `${escaped(seat.title)} ` : ''}${asked(seat)}`).join('; ');
  const stage = ({ title, seats }: { title: string; seats: Seats }) =>
    `• ${escaped(title)}: ${bySeat(seats)}`;
  return CATEGORIES.flatMap((category) => {
    const { title, stages } = policy.categories[category];
    return [`*${escaped(title)}* (${count(stages.length, 'stage')})`, ...stages.map(stage)];
  });
}

/** Everybody is trained twice a year. */
export const training = upkeep({
  ...{ id: 'training', every: 'half year', about: 'this' },
  title: 'Training on change procedures',
  ask: [
    'Choose a day, and train everybody who files, approves or carries out changes; newcomers first.',
    'Record here who took part, and what was unclear.',
  ],
  announced: true,
});
