import { nextFreeWindows } from '../../calendar/windows.ts';
import { DAY, MINUTE } from '../../calendar/zone.ts';
import { ballWith } from '../../change/ball.ts';
import { decide } from '../../change/decide.ts';
import { evolve } from '../../change/evolve.ts';
import { testsNow } from '../../change/execution-plan.ts';
import type { Facts } from '../../change/facts.ts';
import { shownHash } from '../../change/proposal.ts';
import { Refusal } from '../../change/refusal.ts';
import { assessRisk } from '../../change/risk.ts';
import { isUnderReview } from '../../change/states.ts';
import type { Change, ChangeEvent, Instant, Intent, PersonId, Proposal } from '../../change/types.ts';
import { wantedBy } from '../../change/window-rules.ts';
import { FIELDS, type FieldId } from '../../policy/fields.ts';
import { type Category, choicesFrom, fieldsOf, type Policy } from '../../policy/schema.ts';

/** An event of a made-up change, and the change just after it. */
export interface Moment {
  event: ChangeEvent;
  change: Change;
}

export const REQUESTER = 'U0SAMPLE000';
const WORDS = 'Words as somebody would write them & <mark>, a line or two.\nAnd a second line of them.';
/** More than the longest life takes; what cannot go on ends earlier. */
const MOST_STEPS = 200;

/** A company in which every role has people of its own, so that every seat can be filled. */
export function sampleFacts(policy: Policy): Facts {
  const roles = Object.keys(policy.roles).map(
    (role, n) =>
      [role, [1, 2].map((k) => ({ person: `U0SAMPLE${k}${String(n).padStart(2, '0')}` }))] as const,
  );
  const calendar = { freezes: [], scheduled: [] };
  return { policy, holders: new Map(roles), nextNumber: `${policy.prefix}-2026-001`, calendar };
}

/** What a change of a category goes through by the real rules under this policy, from its submission as far as it gets. */
export function sampleLife(facts: Facts, category: Category, now: Instant): Moment[] {
  const moments: Moment[] = [];
  let change: Change | undefined;
  let at = now;
  const take = (by: PersonId, intent: Intent): boolean => {
    const events = attempt(change, { ...intent, by, at }, facts);
    for (const event of events) change = evolve(change, event, 'sample');
    if (change) for (const event of events) moments.push({ event, change });
    return events.length > 0;
  };
  const proposal = sampleProposal(facts.policy, category, now);
  take(REQUESTER, { type: 'Submit', id: 'sample', category, proposal });
  for (let n = 0; n < MOST_STEPS && change; n++) {
    at += MINUTE;
    if (change.status === 'scheduled') at = Math.max(at, proposal.startsAt ?? at);
    const present: Change = change;
    const next = ballWith(present, facts.holders).some((by) => steps(present).some((step) => take(by, step)));
    if (!next) break;
  }
  return moments;
}

function attempt(
  change: Change | undefined,
  command: Parameters<typeof decide>[1],
  facts: Facts,
): ChangeEvent[] {
  try {
    return decide(change, command, facts);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** What could be done next, the first that the rules take. */
function steps(change: Change): Intent[] {
  const { preparation, verification, strategies } = change.execution;
  const seen = isUnderReview(change) ? shownHash(change, change.open.stage) : '';
  const tests = testsNow(change).map(({ id, environments }) => ({
    ...{ test: id, result: 'pass' as const, evidence: 'https://example.com/run/1' },
    ...(environments?.[0] && { environment: environments[0] }),
  }));
  const learnt = { review: WORDS, evaluation: WORDS, causes: WORDS, wentWell: WORDS, toImprove: WORDS };
  return [
    ...(change.seq < 4 ? [{ type: 'Ask', question: 'q-1', words: WORDS } as const] : []),
    { type: 'Decide', verdict: 'approve', seen },
    ...(change.tests.length < tests.length ? [{ type: 'RecordTests', tests } as const] : []),
    { type: 'Prepare', items: preparation.map(({ id }) => id) },
    { type: 'Start', strategy: strategies.at(-1)?.id ?? '' },
    ...(tickable(change) ? [{ type: 'TickSteps' as const, steps: [0] }] : []),
    { type: 'Finish', outcome: 'partial', words: WORDS, deviations: WORDS, deployed: WORDS },
    { type: 'Verify', met: verification.map(({ id }) => id), words: WORDS },
    { type: 'ReviewEmergency', justified: true, findings: WORDS, actions: [] },
    { type: 'HoldRetrospective', participants: [], actions: [], ...learnt },
  ];
}

/** The first step is ticked, once, so that life goes on. */
const tickable = (change: Change) => 'steps' in change && change.steps.every(({ done }) => !done);

/** Something in every field that the category asks for, at a time when it may be carried out. */
function sampleProposal(policy: Policy, category: Category, now: Instant): Proposal {
  const fields = fieldsOf(policy, category).map((field) => [field, sampleValue(policy, field, now)] as const);
  const proposal: Proposal = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  const risk = assessRisk(policy, category, proposal);
  const wanted = wantedBy({ requester: REQUESTER, category, proposal, risk });
  const [free] = wanted ? nextFreeWindows(wanted, { policy, freezes: [], scheduled: [], now }, 1) : [];
  return { ...proposal, ...free };
}

function sampleValue(policy: Policy, field: FieldId, now: Instant): Proposal[FieldId] {
  const definition = FIELDS[field];
  switch (definition.kind) {
    case 'line':
      return 'A title as long as people make them when they want to be exact';
    case 'text':
      return WORDS;
    case 'link':
      return 'https://example.com/incident/1';
    case 'minutes':
      return field === 'downtimeMinutes' ? 0 : 30;
    case 'instant':
      return field === 'startsAt' ? now + 9 * DAY : now + 9 * DAY + 60 * MINUTE;
    case 'person':
      return field === 'reviewer' ? undefined : REQUESTER;
    case 'people':
      return [REQUESTER];
    case 'channels':
      return undefined;
    case 'yesNo':
      return true;
    case 'choices':
      return Object.keys(choicesFrom(policy, definition.from));
    case 'risk':
      return Object.fromEntries(
        Object.entries(policy.risk.questions).map(([id, { answers }]) => [id, easiest(answers)]),
      );
    case 'level':
      return undefined;
    case 'assessment':
      return Object.fromEntries(
        Object.entries(policy.assessment).map(([id, { items }]) => [
          id,
          { affected: Object.keys(items), note: WORDS },
        ]),
      );
    default:
      return definition satisfies never;
  }
}

/** The answer of the fewest points, where there is one among those that do not say when it is carried out. */
function easiest(answers: Policy['risk']['questions'][string]['answers']): string {
  const all = Object.entries(answers).sort(([, a], [, b]) => a.points - b.points);
  return (all.find(([, { window }]) => !window) ?? all[0])?.[0] ?? '';
}
