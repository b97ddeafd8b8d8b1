import { and, eq, getTableColumns, lt, type Placeholder, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { preparedRead, preparedWrite } from './prepared.ts';

/** Where a card of a change was posted, and as of which event it was last drawn. */
export type CardMessage = Db['t']['slackMessages']['$inferSelect'];

export async function findMessage(
  db: Db,
  stream: string,
  audience: string,
): Promise<CardMessage | undefined> {
  return (await byAudience(db, { stream, audience }))[0];
}

const byAudience = preparedRead((q, { slackMessages: t }) =>
  q
    .select()
    .from(t)
    .where(and(eq(t.stream, sql.placeholder('stream')), eq(t.audience, sql.placeholder('audience')))),
);

/** What the message at a place is about: the stream whose card it is. */
export async function streamAt(db: Db, channel: string, ts: string): Promise<string | undefined> {
  return (await byPlace(db, { channel, ts }))[0]?.stream;
}

const byPlace = preparedRead((q, { slackMessages: t }) =>
  q
    .select({ stream: t.stream })
    .from(t)
    .where(and(eq(t.channel, sql.placeholder('channel')), eq(t.ts, sql.placeholder('ts')))),
);

/** The cards of a change that were drawn before its event `seq`. */
export function outdatedMessages(db: Db, stream: string, seq: number): Promise<CardMessage[]> {
  return drawnBefore(db, { stream, seq });
}

const drawnBefore = preparedRead((q, { slackMessages: t }) =>
  q
    .select()
    .from(t)
    .where(and(eq(t.stream, sql.placeholder('stream')), lt(t.drawnSeq, sql.placeholder('seq')))),
);

export async function saveMessage(db: Db, message: CardMessage): Promise<void> {
  await db.atomically((q) => [insertMessage(q, db.t, message)]);
}

const insertMessage = preparedWrite<CardMessage>((q, { slackMessages: t }) => {
  const [channel, ts, drawnSeq] = [t.channel, t.ts, t.drawnSeq].map(
    (column) => sql`excluded.${sql.identifier(column.name)}`,
  );
  const values = Object.fromEntries(
    Object.keys(getTableColumns(t)).map((name) => [name, sql.placeholder(name)]),
  );
  return q
    .insert(t)
    .values(values as { [K in keyof CardMessage]: Placeholder<K> }) // just these names
    .onConflictDoUpdate({ target: [t.stream, t.audience], set: { channel, ts, drawnSeq } });
});

/** Forgets a card that is gone from Slack. */
export async function forgetMessage(db: Db, { stream, audience }: CardMessage): Promise<void> {
  const { slackMessages: t } = db.t;
  await db.atomically((q) => [q.delete(t).where(and(eq(t.stream, stream), eq(t.audience, audience)))]);
}
