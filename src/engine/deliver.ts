import { DAY } from '../calendar/zone.ts';
import type { Notice, NoticeCommand } from '../change/notices.ts';
import { forgetDeliveries } from '../db/deliveries.ts';
import { Busy } from '../db/errors.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { claim, claimLeft, forgetDone, nextDue, waitingBehind } from '../db/outbox.ts';
import { keep, letGo } from '../db/outbox-ends.ts';
import { forgetTold } from '../db/told.ts';
import { giveDue } from './due.ts';
import { type Job, jobOf, noticesIn } from './outbox-rows.ts';
import { type Going, makeQuiet } from './quiet.ts';
import { makeReach } from './reach.ts';
import { makeSettling, type Outcome } from './settle-delivery.ts';
import type { World } from './world.ts';

/** An effect that is to be carried out in Slack. */
interface ToPerform extends Job {
  id: string;
  stream: string;
  /** An earlier attempt ended without an answer. */
  resumed: boolean;
  /** What is to be said next in the same thread, so that all of it is said at once: what one click has brought about is one message. */
  behind: readonly Behind[];
  /** Asked right before its person is written to: until when it waits, where they have had enough for today. */
  room(): Promise<number | undefined>;
  /**
   * Asked right before something is said that must not be said twice: whether it is still this replica's to say. To
   * look far back, or to be held up, may take longer than a lease, and another replica may have said it by then.
   */
  mine(): Promise<boolean>;
}

/** Carries out one effect in Slack. */
export type Perform = (job: ToPerform) => Promise<Outcome>;

interface Behind {
  id: string;
  seq: number;
}

const AWAY = 'Slack is away';
/** Longer than all calls that one effect makes may take together (a file: five); then whoever claimed it is dead. */
const LEASE_MS = 30_000;
/** With less of it left than one call may take, and the look for what it said, it is prolonged. */
const LEAST_LEFT_MS = 15_000;
const CLAIM_AT_ONCE = 50;
/** So that none waits until its lease runs out, behind others and behind people: no more wait for their turn to ask Slack. */
const MOST_WAITING = 10;
/** An hour of attempts, most of them a minute apart. */
const MOST_BROKEN = 60;
/** For how long it is remembered what was delivered, to look into a complaint; looked after once a day. */
const REMEMBERED_MS = 30 * DAY;
/** For how long it is remembered what Slack has delivered: far longer than it repeats anything. */
const REPEATED_MS = 7 * DAY;
/** Real time: even if no alarm rings, another replica may have added something. */
const LOOK_AGAIN_MS = 5_000;

export interface Delivery {
  /** Resolves when nothing is due and nothing is under way. */
  idle(): Promise<void>;
  /** Claims nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Carries out what the outbox holds: timers as commands, all else through `perform`. Any number of
 * replicas may do this at once; each row is one replica's at a time.
 */
export function startDelivery(
  world: World,
  perform: Perform,
  ended: (end: Outcome['end']) => void = () => {},
): Delivery {
  const { db, clock, log } = world;
  const owner = world.newId();
  const settle = makeSettling(world, owner, ended);
  const quiet = makeQuiet(world);
  const reach = makeReach();
  const underWay = new Map<string, Promise<void>>();
  let stopped = false;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  /** There was more that is due than could be claimed at once. */
  let more = false;
  let forgetAt = 0;
  let cancelAlarm = () => {};

  const run = async (row: OutboxRow) => {
    try {
      await world.peopleFirst.turn();
      await settle(row, await carryOut(row).catch((error) => broken(row, error)));
    } catch (error) {
      // The lease runs out and the row is claimed again.
      log.error({ err: error, job: row.id }, 'could not settle a delivery');
    } finally {
      underWay.delete(row.id);
      // What has a lane of its own has nobody behind it, and to look costs as much as to settle it.
      if (row.lane !== row.id || more || underWay.size === 0) look();
    }
  };

  /**
   * A bug, or a database in trouble: it is tried again ever more slowly, and the operator has the cause. What has broken
   * all through an hour is a bug, and what is behind it must not wait for ever.
   */
  const broken = (row: OutboxRow, error: unknown): Outcome => {
    log.error({ err: error, job: row.id }, 'a delivery broke');
    const why = error instanceof Error ? error.message : String(error);
    return row.attempts < MOST_BROKEN || error instanceof Busy
      ? { end: 'unknown', why }
      : { end: 'never', why: `it broke ${row.attempts} times: ${why}` };
  };

  const carryOut = async (row: OutboxRow): Promise<Outcome> => {
    const job = jobOf(row);
    const notices = noticesIn(job);
    if (notices) return putDown(row, notices);
    const { effect } = job;
    const going = { id: row.id, stream: row.stream, effect };
    const may = await quiet.gate(going);
    if (may === 'folded') return { end: 'done' };
    if (may !== 'go') return { end: 'held', until: may.until };
    if (effect.do !== 'timer' && effect.do !== 'command') return reach.pass(() => inSlack(row, job, going));
    const stream = effect.do === 'command' ? effect.stream : row.stream;
    await world.arriving.during({ key: `timer ${row.id}` }, () => giveDue(world, stream, effect.intent));
    return { end: 'done' };
  };

  /**
   * Into the record with who was told, and with all that is due behind it. The rules know what is there already; the key
   * of this timer would only say that it has rung before, perhaps with fewer behind it.
   */
  const putDown = async (row: OutboxRow, first: readonly Notice[]): Promise<Outcome> => {
    const behind = (await waitingBehind(db, row, clock.now())).flatMap((one) => {
      const notices = noticesIn(jobOf(one));
      return notices ? [{ id: one.id, notices }] : [];
    });
    const all = [...first, ...behind.flatMap((each) => each.notices)];
    const command: NoticeCommand = { type: 'Notify', notices: all };
    await world.arriving.during({}, () => giveDue(world, row.stream, command));
    return { end: 'done', with: behind.map(({ id }) => id) };
  };

  const inSlack = async (row: OutboxRow, job: Job, going: Going): Promise<Outcome> => {
    const mine = async () =>
      (row.leaseUntil ?? 0) - clock.now() > LEAST_LEFT_MS || keep(db, row, owner, clock.now() + LEASE_MS);
    // It may have waited for its turn until another replica took it over.
    if (!(await mine())) return { end: 'held', until: clock.now(), why: AWAY };
    const closed = reach.closedUntil(clock.now());
    if (closed !== undefined) return { end: 'held', until: closed, why: AWAY };
    const behind = await sameBreath(row, job);
    const room = () => quiet.room(going);
    const outcome = await perform({ ...job, ...going, resumed: row.resumed, behind, room, mine });
    if (outcome.end === 'held') {
      reach.notAsked();
      return outcome;
    }
    const away = outcome.end === 'unknown' || (outcome.end === 'later' && outcome.after === undefined);
    if (reach.told(!away, clock.now())) await letGo(db, AWAY, clock.now());
    return outcome;
  };

  const sameBreath = async (row: OutboxRow, { effect }: Job): Promise<Behind[]> => {
    if (effect.do !== 'note' || effect.to !== 'thread') return [];
    const rows = await waitingBehind(db, row, clock.now());
    return rows.map((one) => ({ id: one.id, seq: jobOf(one).seq }));
  };

  const lookOnce = async () => {
    await world.peopleFirst.turn();
    if (stopped) return;
    lookAgain = false;
    const limit = Math.min(CLAIM_AT_ONCE, reach.atOnce() + MOST_WAITING - underWay.size);
    more = limit <= 0;
    if (more) return; // whichever ends first looks again
    const now = clock.now();
    if (now >= forgetAt) forget(now);
    const next = await nextDue(db);
    const claimed = { owner, now, leaseMs: LEASE_MS };
    const left = next.left <= now ? await claimLeft(db, { ...claimed, limit }) : [];
    const due = next.due <= now ? await claim(db, { ...claimed, limit: limit - left.length }) : [];
    const rows = [...left, ...due];
    // A clock that was wound forward makes a lease look dead although its call is still under way here.
    for (const row of rows) if (!underWay.has(row.id)) underWay.set(row.id, run(row));
    more = rows.length === limit;
    if (more) lookAgain = true;
    // While there is something to do, whatever ends looks again.
    if (!lookAgain && rows.length === 0) setAlarm(Math.min(next.due, next.left));
  };

  const setAlarm = (at: number) => {
    cancelAlarm();
    if (at < Infinity) cancelAlarm = clock.alarm(Math.max(at, clock.now() + 1), look);
  };

  /** Looks for work; if it is looking already, once more after that. */
  function look(): void {
    lookAgain = true;
    if (looking || stopped) return;
    looking = (async () => {
      while (lookAgain && !stopped) {
        await lookOnce().catch((error) => log.error({ err: error }, 'could not look for deliveries'));
      }
      looking = undefined;
    })();
  }

  const idle = async () => {
    while (looking || underWay.size > 0) await Promise.all([looking, ...underWay.values()]);
  };

  const forget = (now: number) => {
    forgetAt = now + DAY;
    void Promise.all([
      forgetDone(db, now - REMEMBERED_MS),
      forgetDeliveries(db, now - REPEATED_MS),
      forgetTold(db, now - REMEMBERED_MS),
    ]).catch((error) => log.warn({ err: error }, 'could not forget old deliveries; tried again tomorrow'));
  };

  world.onWake(look);
  // Not by the clock of the world: winding it forward by a month would look half a million times.
  const lookingOut = setInterval(look, LOOK_AGAIN_MS).unref();
  look();
  return {
    idle,
    async stop() {
      stopped = true;
      clearInterval(lookingOut);
      cancelAlarm();
      await idle();
    },
  };
}
