import type { z } from 'zod';
import { boardOf } from './board.ts';
import { FIELDS } from './fields.ts';
import type { CategoryPolicy, Policy, StagePolicy } from './schema.ts';
import { checkTemplates } from './template-references.ts';
import { type ExecutionTime, WEEKDAYS } from './times.ts';

type Path = (string | number)[];
type Complain = (path: Path, message: string) => void;

/**
 * Names in a policy that point at something must point at something that is there, and every change must have a
 * road: somebody who is asked, a way to be carried out, somebody who verifies. Complaints go to `context`, each
 * with its place.
 */
export function checkReferences(policy: Policy, context: z.RefinementCtx): void {
  const complain: Complain = (path, message) => context.addIssue({ code: 'custom', path, message });
  const { roles, overseer, auditors, processImprovement, categories, risk, workingTime, strategies } = policy;
  if (!Object.hasOwn(roles, overseer)) complain(['overseer'], `there is no role ${overseer}`);
  if (auditors && !Object.hasOwn(roles, auditors)) complain(['auditors'], `there is no role ${auditors}`);
  if (processImprovement && !Object.hasOwn(roles, processImprovement))
    complain(['processImprovement'], `there is no role ${processImprovement}`);
  for (const [name, post] of Object.entries(policy.posts))
    known(roles, post.owners ?? [], 'role', ['posts', name, 'owners'], complain);
  known({ ...roles, deputies: '' }, Object.keys(policy.escalation), 'role', ['escalation'], complain);
  if (risk.medium >= risk.high) complain(['risk', 'medium'], 'must be below high');
  if (WEEKDAYS.every((day) => !workingTime[day]))
    complain(['workingTime'], 'name the hours of at least one day, for example monday: 09:00-17:00');
  if (Object.keys(strategies).length === 0)
    complain(['strategies'], 'name at least one way to carry a change out');
  checkSystems(policy, complain);
  checkTimes(policy, complain);
  checkTemplates(policy, complain);
  checkBoard(policy, complain);
  checkCatalogue(policy, complain);
  for (const [id, test] of Object.entries(policy.tests))
    known(policy.environments, test.in ?? [], 'environment', ['tests', id, 'in'], complain);
  for (const [name, dashboard] of Object.entries(policy.dashboards))
    known(policy.systems, dashboard.systems, 'system', ['dashboards', name, 'systems'], complain);
  for (const [name, category] of Object.entries(categories)) {
    checkCategory(policy, category, ['categories', name], complain);
    checkExecution(policy, category, ['categories', name], complain);
  }
}

function checkCategory(policy: Policy, category: CategoryPolicy, at: Path, complain: Complain): void {
  const { stages, required, assumedRisk } = category;
  if (!required.includes('title')) complain([...at, 'required'], 'title must be required');
  if (!required.includes('riskAnswers') && !assumedRisk)
    complain(at, 'ask for riskAnswers or name an assumedRisk');
  if (required.includes('assessment') && Object.keys(policy.assessment).length === 0)
    complain(['assessment'], `name at least one group, because ${at.at(-1)} changes must be assessed`);
  if (stages.every((stage) => stage.when))
    complain([...at, 'stages'], 'at least one stage must be without when, else nobody may be asked');
  for (const list of ['systems', 'environments', 'reviews'] as const) {
    const asks = required.some((field) => 'from' in FIELDS[field] && FIELDS[field].from === list);
    if (asks && Object.keys(policy[list]).length === 0)
      complain([list], `name at least one, because ${at.at(-1)} changes must choose from them`);
  }
  unique([...at, 'stages'], stages, complain);
  stages.forEach((stage, i) => {
    checkStage(policy, stage, [...at, 'stages', i], complain);
  });
}

function checkStage({ roles, reviews }: Policy, stage: StagePolicy, at: Path, complain: Complain): void {
  if (stage.when && !Object.hasOwn(reviews, stage.when))
    complain([...at, 'when'], `there is no review ${stage.when}`);
  if (stage.kind === 'vote' && (stage.quorum ?? 0) > stage.seats.length)
    complain([...at, 'quorum'], 'more than the board has seats');
  if (stage.kind === 'vote' && !stage.quorum)
    complain([...at, 'quorum'], 'a vote needs a quorum, for example 4');
  if (stage.chair && !stage.seats.some((seat) => seat.id === stage.chair))
    complain([...at, 'chair'], `there is no seat ${stage.chair}`);
  unique([...at, 'seats'], stage.seats, complain);
  stage.seats.forEach((seat, j) => {
    known(roles, seat.roles, 'role', [...at, 'seats', j, 'roles'], complain);
  });
}

/** Templates are voted on, so it takes a board; what is skipped is a stage that standard changes have. */
function checkCatalogue({ catalogue, categories }: Policy, complain: Complain): void {
  if (!catalogue) return;
  const { approval, skips } = catalogue;
  const board = categories[approval.category].stages.find(({ id }) => id === approval.stage);
  const why = board
    ? `${approval.stage} is not a vote`
    : `${approval.category} has no stage ${approval.stage}`;
  if (board?.kind !== 'vote') complain(['catalogue', 'approval', 'stage'], why);
  for (const skipped of skips)
    if (!categories.standard.stages.some(({ id }) => id === skipped))
      complain(['catalogue', 'skips'], `standard has no stage ${skipped}`);
}

function checkSystems({ systems, roles }: Policy, complain: Complain): void {
  for (const [id, { owner, dependsOn }] of Object.entries(systems)) {
    if (owner) known(roles, [owner], 'role', ['systems', id, 'owner'], complain);
    known(systems, dependsOn, 'system', ['systems', id, 'dependsOn'], complain);
    if (dependsOn.includes(id)) complain(['systems', id, 'dependsOn'], 'a system does not depend on itself');
  }
}

/** A board that meets has seats, and one of them leads it. */
function checkBoard(policy: Policy, complain: Complain): void {
  const { meets, processReview, category, stage } = policy.board;
  if (!meets && !processReview) return;
  const board = boardOf(policy);
  if (!board) complain(['board', 'stage'], `${category} has no vote ${stage}`);
  else if (!board.chair) complain(['board', 'stage'], `${stage} needs a chair to meet`);
}

/** Where a policy says at what time something is, and at which. */
type Timed = [Path, ExecutionTime | undefined];

/** A rule about hours that are written nowhere would either forbid everything or hold nothing. */
function checkTimes(policy: Policy, complain: Complain): void {
  const { executionTimes, freezes, freezing, productionHours, offHours, systems, environments } = policy;
  const byRisk = Object.entries(executionTimes).map(
    ([level, time]): Timed => [['executionTimes', level], time],
  );
  const answered = Object.entries(policy.risk.questions).flatMap(([question, { answers }]) =>
    Object.entries(answers).map(
      ([answer, { window }]): Timed => [['risk', 'questions', question, 'answers', answer, 'window'], window],
    ),
  );
  for (const [where, time] of [...byRisk, ...answered]) {
    if (time === 'off hours' && offHours.length === 0) complain(where, 'say in offHours when that is');
    if (time === 'outside production hours' && productionHours.length === 0)
      complain(where, 'say in productionHours when production is');
  }
  for (const [right, roles] of Object.entries(freezing))
    known(policy.roles, roles, 'role', ['freezing', right], complain);
  unique(['freezes'], freezes, complain);
  freezes.forEach((freeze, i) => {
    known(systems, freeze.systems, 'system', ['freezes', i, 'systems'], complain);
    known(environments, freeze.environments, 'environment', ['freezes', i, 'environments'], complain);
  });
}

/** Each list of a category by the list of the policy that its ids are from. */
function checkExecution(policy: Policy, category: CategoryPolicy, at: Path, complain: Complain): void {
  const { testsBefore, testsAfter, preparation, verifiers, boardReview: board } = category;
  const twice = [...testsBefore, ...testsAfter].find((id, i, all) => all.indexOf(id) < i);
  if (twice)
    complain([...at, testsAfter.includes(twice) ? 'testsAfter' : 'testsBefore'], `${twice} is there twice`);
  known(policy.tests, testsBefore, 'test', [...at, 'testsBefore'], complain);
  known(policy.tests, testsAfter, 'test', [...at, 'testsAfter'], complain);
  known(policy.preparation, preparation, 'preparation', [...at, 'preparation'], complain);
  known(policy.roles, verifiers, 'role', [...at, 'verifiers'], complain);
  if (board && !policy.categories[board.category].stages.some(({ id }) => id === board.stage))
    complain([...at, 'boardReview', 'stage'], `${board.category} has no stage ${board.stage}`);
}

function known(list: object, ids: readonly string[], what: string, at: Path, complain: Complain): void {
  for (const id of ids) if (!Object.hasOwn(list, id)) complain(at, `there is no ${what} ${id}`);
}

/** Decisions are found again by these ids; two of one name would be filled by one person's decision. */
function unique(at: Path, list: readonly { id: string }[], complain: Complain): void {
  list.forEach(({ id }, i) => {
    if (list.findIndex((other) => other.id === id) < i) complain([...at, i, 'id'], `${id} is there twice`);
  });
}
