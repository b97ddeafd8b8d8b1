import { DAY } from '../calendar/zone.ts';
import type { Template } from '../catalogue/types.ts';
import type { Facts } from '../change/facts.ts';
import { inRole } from '../change/holders.ts';
import { isOverseer } from '../change/overseer.ts';
import type { Planned } from '../change/planned.ts';
import { OPEN } from '../change/states.ts';
import { type Turn, turnOf } from '../change/turn.ts';
import type { Change, Instant, PersonId } from '../change/types.ts';
import { countActions, type OpenAction, openActions } from '../db/actions.ts';
import { countChanges, everyChange, listChanges } from '../db/changes.ts';
import { countDrafts, draftsOf, type OwnDraft } from '../db/drafts.ts';
import { plannedIn } from '../db/planned.ts';
import { openDuties } from '../db/posts.ts';
import { readSetting } from '../db/settings.ts';
import { ownersNow } from '../posts/decide.ts';
import { onTheDesk } from './desk.ts';
import { loadFacts } from './facts.ts';
import { maySetUp } from './setup.ts';
import { waitingForPerson } from './waiting.ts';
import type { World } from './world.ts';

/** More than anybody looks at; how many there are is said all the same. */
const LISTED = 50;
const DAYS_AHEAD = 14;

export interface Task extends Turn {
  change: Change;
}

/** What a post has asked somebody to do for the process itself: a review, an audit, a training. */
export interface Owed {
  /** Of the edition, for its button. */
  id: string;
  title: string;
  due: Instant;
}

/** What still has to be set up before changes can be decided. */
export interface Missing {
  /** No channel was chosen to announce changes in. */
  channel: boolean;
  /** Roles that nobody holds. */
  roles: string[];
}

/** All that concerns one person now. */
export interface Dashboard {
  facts: Facts;
  now: Instant;
  waiting: Change[];
  /** Of the catalogue, before the board, for this person's vote. */
  votes: Template[];
  tasks: Task[];
  duties: Owed[];
  actions: OpenAction[];
  drafts: OwnDraft[];
  mine: Change[];
  planned: Planned[];
  /** How many of these there are beyond those that are listed. */
  beyond: { actions: number; drafts: number; mine: number };
  /** How much is late or stuck, for who sees to it. */
  desk?: number;
  /** For who may set up, while something is missing. */
  missing?: Missing;
}

export async function dashboardOf(world: World, person: PersonId): Promise<Dashboard> {
  const { db, clock } = world;
  const now = clock.now();
  const [
    { changes: waiting, templates: votes, facts },
    tasks,
    duties,
    actions,
    drafts,
    own,
    planned,
    missing,
    counted,
  ] = await Promise.all([
    waitingForPerson(world, person),
    tasksOf(world, person),
    dutiesOf(world, person),
    openActions(db, { owner: person, limit: LISTED }),
    draftsOf(db, person, LISTED),
    listChanges(db, { requester: person, statuses: OPEN, limit: LISTED }),
    plannedIn(db, { start: now, end: now + DAYS_AHEAD * DAY }, ['approved', 'scheduled', 'implementing']),
    missingFor(world, person),
    Promise.all([
      countActions(db, now, person),
      countDrafts(db, person),
      countChanges(db, { requester: person, statuses: OPEN }),
    ]),
  ]);
  const mine = own.map(({ change }) => change);
  // Of two moments: what was added in between is not there yet.
  const left = (all: number, listed: readonly unknown[]) =>
    listed.length < LISTED ? 0 : Math.max(0, all - listed.length);
  const [{ open }, begun, filed] = counted;
  const beyond = { actions: left(open, actions), drafts: left(begun, drafts), mine: left(filed, mine) };
  const desk = isOverseer(facts, person) ? (await onTheDesk(world)).found.length : undefined;
  return {
    ...{ facts, now, waiting, votes, tasks, duties, actions, drafts, mine, planned, beyond },
    ...(desk !== undefined && { desk }),
    ...(missing && { missing }),
  };
}

/** What this person has to do besides deciding, what is due first before the rest. */
export async function tasksOf(world: World, person: PersonId): Promise<Task[]> {
  const facts = await loadFacts(world);
  const now = world.clock.now();
  const open = await everyChange(world.db, OPEN);
  return open
    .flatMap((change) => {
      const turn = turnOf(change, person, facts, now);
      return turn ? [{ ...turn, change }] : [];
    })
    .sort((a, b) => a.due - b.due);
}

/** What keeps the process in order and this person owes now, what is due first before the rest. */
export async function dutiesOf(world: World, person: PersonId): Promise<Owed[]> {
  const asking = world.posts.filter(({ title }) => title);
  const [open, facts] = await Promise.all([
    openDuties(
      world.db,
      asking.map(({ id }) => id),
    ),
    loadFacts(world),
  ]);
  return open
    .flatMap((edition) => {
      const { id, post, duty } = edition;
      if (!duty || !ownersNow(duty.owners, facts).includes(person)) return [];
      const title = asking.find((each) => each.id === post)?.title?.(edition) ?? id;
      return [{ id, title, due: duty.deadline }];
    })
    .sort((a, b) => a.due - b.due);
}

async function missingFor(world: World, person: PersonId): Promise<Missing | undefined> {
  if (!(await maySetUp(world, person))) return undefined;
  const { holders, policy } = await loadFacts(world);
  const channel = (await readSetting(world.db, 'announceIn')) === undefined;
  const roles = Object.keys(policy.roles).filter((role) => inRole(holders, role).length === 0);
  return channel || roles.length > 0 ? { channel, roles } : undefined;
}
