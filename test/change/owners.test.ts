import { expect, test } from 'vitest';
import { DANA, facts, GUIDE, holders, JONAS, PRIYA, SAM } from './company.ts';
import { Given } from './given.ts';
import { MONDAY_10, standard } from './proposals.ts';
import { approves, files } from './steps.ts';

const { standard: category } = GUIDE.categories;
const [stage] = category.stages;
if (!stage) throw new Error('a standard change is looked at by a peer');
const seat = {
  id: 'owner',
  title: 'Owner',
  roles: ['peer_reviewer', 'devops_lead', 'security_lead'],
  askOwners: true,
};
/** A company in which the peer who looks at a standard change is whoever answers for the system. */
const policy = {
  ...GUIDE,
  categories: { ...GUIDE.categories, standard: { ...category, stages: [{ ...stage, seats: [seat] }] } },
};
const company = { peer_reviewer: [JONAS, SAM], devops_lead: [PRIYA] };
const filed = (systems: string[], held = company) =>
  new Given([], facts({ policy, holders: holders(held) }), MONDAY_10).when(
    files('standard', standard({ systems }), DANA),
  );
const askedBy = (systems: string[], held?: typeof company) => {
  const { change } = filed(systems, held);
  return 'open' in change ? change.open.asked : undefined;
};

test('who answers for a system that is touched is asked, and nobody else', () => {
  expect(askedBy(['load_balancer'])).toEqual({ owner: [PRIYA] });
});

test('where nobody answers for it, or nobody holds that role, all are asked', () => {
  // The development lead answers for payments, and is none of the roles of this seat.
  expect(askedBy(['payments'])?.owner).toEqual(expect.arrayContaining([JONAS, SAM, PRIYA]));
  const nobody = { ...company, devops_lead: [] };
  expect(askedBy(['load_balancer'], nobody)?.owner).toEqual(expect.arrayContaining([JONAS, SAM]));
});

test('the others may decide as well', () => {
  filed(['load_balancer'])
    .and()
    .when(approves(JONAS))
    .gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
});
