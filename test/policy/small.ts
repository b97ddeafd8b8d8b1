/** Two roles, no board, no reviews, no questionnaire. */
export const SMALL = `
version: small 1
company: Corner Shop
zone: Asia/Kolkata
prefix: SHOP
workingTime: { monday: 10:00-18:00, saturday: 10:00-14:00 }
announceIn: general
reminders: []
roles: { owner: Owner, engineer: Engineer }
overseer: owner
systems: { till: Till }
environments: {}
reviews: {}
risk: { medium: 1, high: 2, questions: {} }
edits: { wording: [title], typo: 1 }
strategies: { by_hand: { title: By hand, steps: [Done] } }
categories:
  standard: &one
    title: Small
    summary: Anything
    required: [title]
    assumedRisk: low
    clock: { workingHours: 6 }
    verifiers: [owner, engineer]
    stages:
      - { id: look, title: A look, seats: [{ id: any, title: Anybody, roles: [owner, engineer] }] }
  normal:
    title: Big
    summary: Anything big
    required: [title, systems]
    assumedRisk: medium
    clock: { workingDays: 2 }
    verifiers: [owner, engineer]
    stages:
      - id: both
        title: Both of us
        seats:
          - { id: owner, title: Owner, roles: [owner] }
          - { id: engineer, title: Engineer, roles: [engineer] }
  emergency: *one
`;
