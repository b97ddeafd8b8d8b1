/** A Wednesday at ten in Berlin, in working time: when tests begin. */
export const START = Date.UTC(2026, 10, 25, 9, 0);

const HOUR = 3600;
/** In Slack's seconds: the night after the tests begin, at eleven in Berlin, when every change may be carried out. */
const TOMORROW_NIGHT = START / 1000 + 37 * HOUR;

const UNAFFECTED = Object.fromEntries(
  [
    ...['Scalability', 'Operations', 'Finance'],
    ...['Upstream dependencies', 'Downstream dependencies', 'Performance'],
  ].map((group) => [group, ['Not affected']]),
);

const LOW_RISK = {
  'Who is affected if it goes wrong?': 'Nobody outside the team',
  'How hard is it to roll back?': 'One step, minutes',
  'How well is it tested?': 'Done the same way many times',
  'When is it carried out?': 'Outside production hours',
  'What does it touch?': 'An internal or supporting system',
  'Does it need downtime?': 'No downtime',
};

/** What people type into the forms, by the labels that they read. */
export const STANDARD = {
  Title: 'Rotate the API keys',
  Description: 'Replace the keys of the payment gateway with new ones.',
  'Affected systems': ['Payments'],
  ...LOW_RISK,
  'Success criteria': 'Payments go through with the new key for ten minutes.',
  Start: TOMORROW_NIGHT,
  End: TOMORROW_NIGHT + HOUR,
  'Rollback steps': 'Put the old key back.',
};

export const NORMAL = {
  Title: 'Move bookings to PostgreSQL 18',
  Description: 'Upgrade the booking database by logical replication.',
  'Business justification': 'Version 14 gets no security fixes any more.',
  'Affected systems': ['Booking API', 'PostgreSQL database'],
  'Database changes': 'Major version 14 to 18; no change of schema.',
  'User impact': 'Booking is read-only for five minutes.',
  'System impact': 'Higher load on the replica for a day.',
  'Business impact': 'No new bookings for five minutes on Sunday night.',
  Downtime: '5',
  ...UNAFFECTED,
  'System components': ['Database servers'],
  'System components: how?': 'The old primary stays as a replica for a week.',
  'User experience': ['Service availability'],
  'User experience: how?': 'Five minutes without new bookings.',
  ...LOW_RISK,
  'Who is affected if it goes wrong?': 'Many users',
  'How hard is it to roll back?': 'Several steps, under an hour',
  'How well is it tested?': 'Fully tested in staging',
  'Does it need downtime?': 'Up to 15 minutes',
  Risks: 'Replication falls behind; a query plan gets worse.',
  Mitigations: 'Rehearsed twice; plans compared for the hundred slowest queries.',
  'Contingency plan': 'Stay on 14 and try again in two weeks.',
  'Test environments': ['Staging'],
  'Test cases': 'Booking journey, reports, nightly export.',
  'Success criteria': 'Error rate below 0.1 % and p95 below 300 ms for an hour.',
  'Rollback rehearsed': 'Yes',
  Start: TOMORROW_NIGHT,
  End: TOMORROW_NIGHT + 2 * HOUR,
  'Required resources': 'Two engineers, the replica host.',
  'Communication plan': 'Customer service and #general an hour ahead and at the end.',
  'Rollback steps': 'Point the application at the old primary.\nStop replication.',
  'Rollback duration': '20',
  'Rollback validation': 'Bookings are written to the old primary.',
  'On-call contact': ['maya'],
};

export const EMERGENCY = {
  Title: 'Restart the payment workers',
  'What is broken': 'Payments time out since 10:40.',
  'The fix': 'Restart the workers with the memory limit doubled.',
  'Affected systems': ['Payments'],
  'Rollback steps': 'Put the old limit back and restart.',
  Implementer: 'maya',
  'Incident link': 'https://status.example.com/incidents/42',
};

/** What is left to say of an infrastructure upgrade when its template has said the rest. */
export const FROM_TEMPLATE = {
  Title: 'Upgrade the cluster to 1.35',
  Description: 'Replace the nodes of the production cluster one by one.',
  'Business justification': 'Version 1.32 gets no security fixes any more.',
  'Affected systems': ['Kubernetes cluster'],
  Start: TOMORROW_NIGHT,
  End: TOMORROW_NIGHT + 2 * HOUR,
  'On-call contact': ['maya'],
};

/** Its tests with security, and what is ticked before it starts. */
export const NORMAL_TESTS = [
  ...['Unit tests (automated)', 'Integration tests (automated)', 'Basic functionality tests (manual)'],
  ...['Regression tests (automated)', 'Performance tests (automated)', 'User acceptance tests (manual)'],
  'Security tests (automated)',
];
export const NORMAL_CHECKLIST = [
  ...['Implementation team assembled', 'Communication plan executed', 'Backup procedures verified'],
  ...['Monitoring alerts configured', 'Rollback procedures tested', 'Support team notified'],
];
export const STANDARD_CHECKLIST = NORMAL_CHECKLIST.slice(2);
export const EMERGENCY_CHECKLIST = NORMAL_CHECKLIST.filter((item) => /team|Backup/.test(item));
/** How it ended, and that what is live has been tested. */
export const SUCCESS = {
  'How did it go?': 'Success',
  'Which of these have passed?': ['Smoke tests after the deployment'],
};
export const LOOKED_BACK = {
  'How did the implementation go?': 'As planned, ten minutes early.',
  'Were the success criteria met?': 'Yes, both.',
  'Issues and their root causes': 'None.',
  'What went well': 'The rehearsals.',
  'What could be improved': 'Announce it earlier.',
  'Action item 1': 'Announce upgrades three days ahead.',
  'Action item 1: who does it': 'sam',
  'Action item 1: by which day': '2026-12-10',
};
