import { and, asc, between, eq, gt, gte, inArray, lt, or } from 'drizzle-orm';
import type { Meeting } from '../board/types.ts';
import type { Interval } from '../calendar/interval.ts';
import type { TemplateEvent } from '../catalogue/types.ts';
import type { Change, ChangeEvent } from '../change/types.ts';
import type { FreezeEvent } from '../freeze/types.ts';
import type { PostId } from '../policy/posts.ts';
import type { Edition } from '../posts/types.ts';
import { within } from './adding-up.ts';
import type { Db } from './db.ts';
import { type AnyEvent, asEvent } from './events.ts';
import { numbering } from './population.ts';

/** How many numbers are looked through at once: few enough that nobody waits for what is read of them. */
const AT_ONCE = 20;

/** A change with its whole record. */
export interface Recorded {
  change: Change;
  events: ChangeEvent[];
}

/**
 * The changes to which something has happened in a stretch of time, whenever they were filed, in the order of their
 * numbers; some at a time, letting others in between.
 */
export async function* changesAlive(db: Db, { start, end }: Interval): AsyncGenerator<Recorded[]> {
  const { changes } = db.t;
  for (const { year, highest } of await numbering(db)) {
    // By stretches of numbers, and not by a limit: so that what is passed over costs no more than what is found.
    for (let n = 1; n <= highest; n += AT_ONCE) {
      const rows = await db.alone((q) =>
        q
          .select({ id: changes.id, state: changes.state })
          .from(changes)
          .where(
            and(
              ...[eq(changes.year, year), between(changes.n, n, n + AT_ONCE - 1)],
              ...[lt(changes.submittedAt, end), gte(changes.updatedAt, start)],
            ),
          )
          .orderBy(asc(changes.n)),
      );
      const events = await eventsOfEach<ChangeEvent>(
        db,
        rows.map(({ id }) => id),
      );
      const found = rows.map(({ id, state }) => ({ change: state, events: events.get(id) ?? [] }));
      const alive = found.filter((one) => one.events.some(({ at }) => at >= start && at < end));
      if (alive.length > 0) yield alive;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** The records of these streams, which are written from this kind of events alone. */
async function eventsOfEach<E extends AnyEvent>(
  db: Db,
  streams: readonly string[],
): Promise<Map<string, E[]>> {
  const { events } = db.t;
  const all = new Map<string, E[]>(streams.map((stream) => [stream, []]));
  if (streams.length === 0) return all;
  const rows = await db.alone((q) =>
    q
      .select()
      .from(events)
      .where(inArray(events.stream, [...streams]))
      .orderBy(asc(events.stream), asc(events.seq)),
  );
  for (const row of rows) all.get(row.stream)?.push(asEvent<E>(row));
  return all;
}

/** The records of all declared freezes that were in force in a stretch of time, or to which something happened since its beginning. */
export async function freezeRecords(db: Db, { start, end }: Interval): Promise<Map<string, FreezeEvent[]>> {
  const { freezes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ id: freezes.id })
      .from(freezes)
      .where(or(gte(freezes.updatedAt, start), and(gt(freezes.endsAt, start), lt(freezes.startsAt, end))))
      .orderBy(asc(freezes.startsAt), asc(freezes.id)),
  );
  return eventsOfEach(
    db,
    rows.map(({ id }) => id),
  );
}

/** The records of all templates of the catalogue. */
export async function templateRecords(db: Db): Promise<Map<string, TemplateEvent[]>> {
  const { templates } = db.t;
  const rows = await db.alone((q) => q.select({ id: templates.id }).from(templates));
  return eventsOfEach(
    db,
    rows.map(({ id }) => id),
  );
}

/** The meetings of the board that were to begin in a stretch of time, the first one first. */
export async function meetingsIn(db: Db, range: Interval): Promise<Meeting[]> {
  const { meetings: t } = db.t;
  const rows = await db.alone((q) =>
    q.select({ state: t.state }).from(t).where(within(t.startsAt, range)).orderBy(asc(t.startsAt), asc(t.id)),
  );
  return rows.map(({ state }) => state);
}

/** What came of these posts and was due in a stretch of time, the first one first. */
export async function editionsIn(db: Db, of: readonly PostId[], range: Interval): Promise<Edition[]> {
  const { posts: t } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: t.state })
      .from(t)
      .where(and(inArray(t.post, [...of]), within(t.due, range)))
      .orderBy(asc(t.due), asc(t.id)),
  );
  return rows.map(({ state }) => state);
}
