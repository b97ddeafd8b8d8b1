import type { Facts } from '../../change/facts.ts';
import type { Change, Instant } from '../../change/types.ts';
import { drawActions } from '../features/actions.ts';
import { drawApprovals, drawConfirm, drawDecided } from '../features/approvals.ts';
import { drawDesk } from '../features/desk.ts';
import { drawDrafts } from '../features/drafts.ts';
import { drawUnknown } from '../features/help.ts';
import { drawPage } from '../features/list-changes.ts';
import { drawFound } from '../features/search.ts';
import { drawHome, drawTasks } from '../home-view.ts';
import { targetOf } from '../ids.ts';
import type { Drawing } from './sample-drawings.ts';
import { REQUESTER } from './sample-lives.ts';

/** Every list that changes stand in, with as many of these as it takes. */
export function listsOf(changes: readonly Change[], facts: Facts, now: Instant): Drawing[] {
  const { policy, holders } = facts;
  const found = changes.map((change) => ({ change, id: change.id, updatedAt: now }));
  const open = changes.flatMap(actionsOf);
  const drafts = changes.map(({ id, category, proposal }) => ({
    draft: { ...{ id, category, proposal }, owner: REQUESTER, step: 0, updatedAt: now },
  }));
  const stuck = changes.map((change) => {
    const owed = { since: now, people: Array.from({ length: 8 }, () => REQUESTER) };
    const besides = [
      { ...owed, why: 'not reviewed' as const },
      { ...owed, why: 'not looked back on' as const },
    ];
    return { change, stuck: { ...owed, why: 'not verified' as const, besides } };
  });
  const waiting = { changes: [...changes], templates: [], facts };
  const tasks = changes.map((change) => ({ change, step: 'verify' as const, due: now }));
  const duties = [
    { id: 'post/quarterly_process_review/2026-Q4', title: 'Review of the change process', due: now },
  ];
  const home = {
    ...{ facts, now, tasks, duties, drafts, waiting: waiting.changes, votes: [], actions: open },
    ...{ mine: waiting.changes, planned: [], desk: changes.length },
    beyond: { actions: 0, drafts: 0, mine: 0 },
    missing: { channel: true, roles: Object.keys(policy.roles) },
  };
  const hits = changes.map((change, key) => ({ change, key }));
  const shown = { words: 'sign-in', understood: 'sign-in', found: hits, holders, first: true };
  return [
    { name: 'list', shown: drawPage('all', 'All changes', found, holders) },
    { name: 'search', shown: drawFound(shown) },
    { name: 'approvals', shown: drawApprovals(waiting) },
    {
      name: 'several approvals',
      shown: drawConfirm(changes.slice(0, 5), changes.slice(0, 5).map(targetOf), facts),
    },
    { name: 'several decided', shown: drawDecided(changes.map((change) => ({ change }))) },
    { name: 'desk', shown: drawDesk({ found: stuck, duties: [], facts, person: REQUESTER, now }) },
    { name: 'drafts', shown: drawDrafts(policy, drafts, now) },
    { name: 'action items', shown: drawActions({ open, mine: 0, all: open.length }, REQUESTER, facts) },
    { name: 'tasks', shown: drawTasks({ tasks, duties, person: REQUESTER, facts, now }) },
    { name: 'Home', shown: drawHome(home, REQUESTER) },
    { name: 'an unknown word', shown: drawUnknown('aprove', []) },
  ];
}

function actionsOf(change: Change) {
  const { id: changeId, number, requester, proposal } = change;
  const items = 'actions' in change ? change.actions : [];
  return items.map((item) => ({ changeId, number, requester, title: proposal.title ?? '', item }));
}
