import { dueForBoard } from '../board/agenda.ts';
import { decideMeeting } from '../board/decide.ts';
import { meetingEffects } from '../board/effects.ts';
import { evolveMeeting } from '../board/evolve.ts';
import { seenAt } from '../board/minutes.ts';
import type {
  Item,
  Meeting,
  MeetingEvent,
  MeetingFacts,
  MeetingIntent,
  MeetingKind,
  Plan,
} from '../board/types.ts';
import { isoDate } from '../calendar/hours.ts';
import { nextOccurrence } from '../calendar/recurrence.ts';
import { DAY, MINUTE, wallTime } from '../calendar/zone.ts';
import { Refusal } from '../change/refusal.ts';
import type { Actor, Change, Instant, PersonId } from '../change/types.ts';
import { changesById, everyChange } from '../db/changes.ts';
import { itemsCalled, listMeetings, loadMeeting, saveMeeting } from '../db/meetings.ts';
import { readSetting } from '../db/settings.ts';
import { boardOf, weeklyMeeting } from '../policy/board.ts';
import { onRecord } from './attempts.ts';
import { forEach } from './each.ts';
import { loadFacts } from './facts.ts';
import { give, type Kind } from './kind.ts';
import type { World } from './world.ts';

/** What the streams of meetings begin with; a meeting's id is its stream's name. */
export const MEETING = 'meeting/';

const KIND: Kind<Meeting, MeetingEvent, MeetingIntent, MeetingFacts> = {
  load: ({ db }, id) => loadMeeting(db, id),
  async facts(world, { type }, meeting) {
    const { policy, holders } = await loadFacts(world);
    const items = meeting ? [...meeting.items, ...meeting.early] : [];
    const ids = items.filter(({ about }) => about !== 'topic').map(({ id }) => id);
    const changes = await changesById(world.db, ids);
    // Told by its minutes alone.
    const reached = new Set(meeting && type === 'Close' ? await itemsCalled(world.db, meeting.id) : []);
    return { policy, holders, due: await waitingForBoard(world), changes, reached };
  },
  decide: decideMeeting,
  evolve: evolveMeeting,
  effects: meetingEffects,
  save:
    ({ db }, { state, head }, events) =>
    (q) =>
      saveMeeting(q, db.t, state, head, events),
};

/**
 * Gives a command to a meeting of the board. Who tries what they may not do is on record.
 * @returns the meeting as it then is, and how many events were added (0 when it was done already)
 * @throws {Refusal} with a sentence for the person
 */
export async function handleMeeting(
  world: World,
  id: string,
  intent: MeetingIntent,
  by: Actor,
): Promise<{ meeting: Meeting; added: number }> {
  const { state, added } = await onRecord(world, id, intent.type, by, () =>
    give(world, KIND, id, intent, by),
  );
  if (!state) throw new Error(`${intent.type} left ${id} without a meeting`);
  return { meeting: state, added };
}

/** Who was at a meeting, as far as it shows. */
export async function presentAt({ db }: Pick<World, 'db'>, meeting: Meeting): Promise<PersonId[]> {
  const ids = meeting.items.filter(({ about }) => about !== 'topic').map(({ id }) => id);
  return seenAt(meeting, await changesById(db, ids));
}

/** Everything that waits for the board now, in the order of an agenda. */
export async function waitingForBoard({ db }: Pick<World, 'db'>): Promise<Item[]> {
  return dueForBoard(await everyChange(db, ['in review', 'implemented', 'verified']));
}

/** A change that the board has to do with has moved: the meetings that are planned or open are brought up to date. */
export async function hearBoardNews(world: World): Promise<void> {
  await forEach(await listMeetings(world.db, ['planned', 'open']), ({ id }) =>
    handleMeeting(world, id, { type: 'BringUpToDate' }, 'docket'),
  );
}

/** The next meeting that is planned or open, the one that begins first. */
export async function meetingNow({ db }: Pick<World, 'db'>, now: Instant): Promise<Meeting | undefined> {
  const live = await listMeetings(db, ['planned', 'open']);
  const open = live.filter(({ status }) => status === 'open');
  return open.at(-1) ?? live.filter(({ startsAt }) => startsAt > now - DAY).at(-1);
}

/** The board's weekly meeting, and when its agenda is drawn: as somebody has chosen, else as the policy has it. */
export async function weeklyMeetingOf({ db, policy }: World): Promise<ReturnType<typeof weeklyMeeting>> {
  return weeklyMeeting(policy, await readSetting(db, 'boardMeets'));
}

/** When and where the next meeting of a kind is; nothing where the policy has none, or there is no channel for it. */
export async function nextPlan(world: World, kind: MeetingKind, after: Instant): Promise<Plan | undefined> {
  const { policy } = world;
  const board = boardOf(policy);
  const meets =
    kind === 'process review' ? policy.board.processReview : (await weeklyMeetingOf(world))?.meets;
  if (!board?.chair) return undefined;
  if (kind === 'ad hoc') return planned(world, kind, board, after, meets?.minutes ?? 30);
  const next = meets && nextOccurrence(policy, meets, after);
  return next && planned(world, kind, board, next.at, meets.minutes);
}

async function planned(
  { db, policy }: World,
  kind: MeetingKind,
  { title, seats, chair = '' }: NonNullable<ReturnType<typeof boardOf>>,
  startsAt: Instant,
  minutes: number,
): Promise<Plan> {
  const channel = (await readSetting(db, 'board')) ?? (await readSetting(db, 'announceIn'));
  if (!channel)
    throw new Refusal('not now', 'There is no channel for the board yet: choose one with `/change setup`.');
  const remindAt = startsAt - policy.board.remindMinutesBefore * MINUTE;
  return { kind, title, seats, chair, channel, startsAt, minutes, remindAt };
}

/**
 * Draws the agenda of the next meeting of a kind, once. Of the weekly one it is what waits for the board; of a process
 * review its topics.
 * @returns its id; nothing where the policy has no such meeting
 */
export async function drawAgenda(
  world: World,
  kind: 'weekly' | 'process review',
  after: Instant,
): Promise<string | undefined> {
  const plan = await nextPlan(world, kind, after);
  if (!plan) return undefined;
  const id = meetingOn(world, kind, plan);
  const items = kind === 'weekly' ? await waitingForBoard(world) : topics(world);
  await handleMeeting(world, id, { type: 'DrawAgenda', plan, items }, 'docket');
  return id;
}

function meetingOn({ policy }: World, kind: 'weekly' | 'process review', { startsAt }: Plan): string {
  const date = isoDate(wallTime(policy.zone, startsAt));
  return kind === 'weekly' ? `${MEETING}${date}` : `${MEETING}review-${date}`;
}

/**
 * What the next weekly meeting would be about, were its agenda drawn now: of the next one that has none yet, since one
 * that was skipped or is closed already does not come again.
 */
export async function previewOf(world: World): Promise<Meeting | undefined> {
  const at = world.clock.now();
  const next = await nextPlan(world, 'weekly', at);
  const drawn = next && (await loadMeeting(world.db, meetingOn(world, 'weekly', next)));
  const plan = drawn ? await nextPlan(world, 'weekly', next.startsAt) : next;
  const items = await waitingForBoard(world);
  return (
    plan &&
    evolveMeeting(undefined, { type: 'AgendaDrawn', by: 'docket', at, ...plan, items }, `${MEETING}next`)
  );
}

function topics({ policy }: World): Item[] {
  return (policy.board.processReview?.topics ?? []).map((title, n) => ({
    ...{ id: `topic-${n + 1}`, about: 'topic', title },
  }));
}

/** Calls a meeting at once: about one change, or all that waits for the board; and opens it. */
export async function meetNow(world: World, by: Actor, change?: Change): Promise<Meeting> {
  const plan = await nextPlan(world, 'ad hoc', world.clock.now());
  if (!plan) throw new Refusal('not now', 'The policy names no board that could meet.');
  const due = await waitingForBoard(world);
  const items = change ? itemsAbout(change, due) : due;
  if (items.length === 0)
    throw new Refusal(
      'not now',
      `Nothing waits for the board, so nobody need meet. About one change: \`/change cab now ${world.policy.prefix}-…\`.`,
    );
  const id = `${MEETING}now-${world.newId()}`;
  await handleMeeting(world, id, { type: 'DrawAgenda', plan, items }, by);
  return (await handleMeeting(world, id, { type: 'Open' }, by)).meeting;
}

/** What of a change there is to talk about: a vote, a review, or the change itself. */
export function itemsAbout(change: Change, due: readonly Item[]): Item[] {
  const found = due.filter(({ id }) => id === change.id);
  const { id, number, proposal } = change;
  return found.length > 0 ? found : [{ id, about: 'topic', number, title: proposal.title ?? '' }];
}
