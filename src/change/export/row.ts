import type { Policy } from '../../policy/schema.ts';
import { team } from '../execution-plan.ts';
import type { Finding } from '../feedback.ts';
import { templateOf } from '../from-template.ts';
import type { Notice } from '../notices.ts';
import { approvalOf } from '../sign-off.ts';
import type { Change } from '../types.ts';
import { iso } from './evidence-rows.ts';
import { type Names, reader } from './fields.ts';

/** The columns of an exported list, in order: what an auditor samples a population by. */
export const COLUMNS = [
  ...['number', 'title', 'category', 'emergency', 'risk', 'status', 'outcome', 'systems', 'environments'],
  ...['requester', 'requester_id', 'submitted', 'approved', 'approvers', 'window_start', 'window_end'],
  ...['implementer', 'implementer_id', 'implementation_start', 'implementation_end', 'deployed'],
  ...['verifier', 'verifier_id', 'verified', 'closed', 'ended', 'ended_by', 'retrospective', 'board_review'],
  ...['let_into_freezes', 'defects', 'audit_findings', 'asked', 'told'],
  ...['catalogue', 'policy', 'events', 'id'],
] as const;

/** A change as one row, whatever became of it. Times are ISO 8601 in UTC; what has not happened is empty. */
export function exportRow(change: Change, policy: Policy, names: Names): string[] {
  const { proposal, category, requester } = change;
  // Before the start, of what is approved, who is to.
  const implementers = 'approvedAt' in change ? team(change) : [];
  const verifier = 'verifiedBy' in change ? change.verifiedBy : undefined;
  const ended = 'ended' in change ? change.ended : undefined;
  return [
    ...[change.number, proposal.title ?? '', category, category === 'emergency' ? 'yes' : 'no'],
    ...[change.risk.level, change.status, 'outcome' in change ? change.outcome : ''],
    (proposal.systems ?? []).map((id) => policy.systems[id]?.title ?? id).join('; '),
    (proposal.environments ?? []).map((id) => policy.environments[id] ?? id).join('; '),
    ...[names.person(requester), requester, iso(change.submittedAt)],
    ...[iso(approvalOf(change)), approvers(change, policy, names)],
    ...[iso(proposal.startsAt), iso(proposal.endsAt)],
    ...[implementers.map((id) => names.person(id)).join('; '), implementers.join('; ')],
    ...[iso('startedAt' in change ? change.startedAt : undefined)],
    ...[iso('finishedAt' in change ? change.finishedAt : undefined)],
    'deployed' in change ? (change.deployed ?? '') : '',
    ...[verifier ? names.person(verifier) : '', verifier ?? ''],
    ...[iso('verifiedAt' in change ? change.verifiedAt : undefined)],
    ...[iso('closedAt' in change ? change.closedAt : undefined)],
    ...[iso(ended?.at), ended ? (ended.by === 'docket' ? 'Docket' : names.person(ended.by)) : ''],
    ...[iso('retrospective' in change ? change.retrospective?.at : undefined)],
    ...[iso('boardReview' in change ? change.boardReview?.at : undefined)],
    ...[exemptions(change, policy, names), found(change, 'defect'), found(change, 'audit')],
    ...[asked(change, names), told(change, names)],
    ...[agreedAs(change), change.policyVersion, String(change.seq), change.id],
  ];
}

/** "Rotate an API key, version 1": what the board has agreed to beforehand, and it was filed from. */
function agreedAs(change: Change): string {
  const from = templateOf(change);
  return from ? `${from.title}, version ${from.version}` : '';
}

/** "Jonas Weber (Peer reviewer) 2026-11-25T10:00:00.000Z; …" */
function approvers(change: Change, policy: Policy, names: Names): string {
  return change.decisions
    .filter(({ verdict }) => verdict === 'approve')
    .map(({ by, role, for: stoodInFor, at }) => {
      const behalf = stoodInFor ? ` for ${names.person(stoodInFor)}` : '';
      return `${names.person(by)} (${policy.roles[role] ?? role})${behalf} ${iso(at)}`;
    })
    .join('; ');
}

/** "Klaus Richter (DevOps lead) 2026-12-20T10:00:00.000Z into Year-end closing, 2026-12-18T…/2027-01-04T…; …" */
function exemptions({ exemptions: list = [] }: Change, policy: Policy, names: Names): string {
  return list
    .map(({ by, at, role, for: stoodInFor, freezes, voidSince }) => {
      const behalf = stoodInFor ? ` for ${names.person(stoodInFor)}` : '';
      const until = voidSince === undefined ? '' : `, void since ${iso(voidSince)}`;
      const into = freezes.map(
        ({ reason, startsAt, endsAt }) => `${reason}, ${iso(startsAt)}/${iso(endsAt)}`,
      );
      return `${names.person(by)} (${policy.roles[role] ?? role})${behalf} ${iso(at)} into ${into.join(' and ')}${until}`;
    })
    .join('; ');
}

function found({ findings }: Change, what: Finding['of']): string {
  return String(findings.filter(({ of }) => of === what).length);
}

/** "Nadia Rossi (validation) 2026-11-25T10:00:04.000Z; …": to whom it was brought for a decision, and when. */
function asked({ notices = [] }: Change, names: Names): string {
  return notices
    .filter(({ of }) => of === 'asked')
    .map((notice) => `${names.person(notice.to)} (${notice.stage ?? ''}) ${delivered(notice)}`)
    .join('; ');
}

/** "Sam Reed (started) 2026-11-25T10:00:04.000Z; …": who heard that it is planned, starts, has ended or is not to be. */
function told({ notices = [] }: Change, names: Names): string {
  return notices
    .filter(({ of }) => of !== 'asked')
    .map((notice) => `${reader(notice.to, names)} (${notice.of}) ${delivered(notice)}`)
    .join('; ');
}

function delivered(notice: Notice): string {
  return 'failed' in notice ? `not delivered: ${notice.failed}` : iso(notice.at);
}
