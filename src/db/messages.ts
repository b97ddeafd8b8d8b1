import { and, eq, lt } from 'drizzle-orm';
import type { Db } from './db.ts';

/** Where a card of a change was posted, and as of which event it was last drawn. */
export type CardMessage = Db['t']['slackMessages']['$inferSelect'];

export async function findMessage(
  db: Db,
  stream: string,
  audience: string,
): Promise<CardMessage | undefined> {
  const { slackMessages: t } = db.t;
  return (
    await db.alone((q) =>
      q
        .select()
        .from(t)
        .where(and(eq(t.stream, stream), eq(t.audience, audience))),
    )
  )[0];
}

/** What the message at a place is about: the stream whose card it is. */
export async function streamAt(db: Db, channel: string, ts: string): Promise<string | undefined> {
  const { slackMessages: t } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ stream: t.stream })
      .from(t)
      .where(and(eq(t.channel, channel), eq(t.ts, ts))),
  );
  return rows[0]?.stream;
}

/** The cards of a change that were drawn before its event `seq`. */
export async function outdatedMessages(db: Db, stream: string, seq: number): Promise<CardMessage[]> {
  const { slackMessages: t } = db.t;
  return db.alone((q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.stream, stream), lt(t.drawnSeq, seq))),
  );
}

export async function saveMessage(db: Db, message: CardMessage): Promise<void> {
  const { slackMessages: t } = db.t;
  const { channel, ts, drawnSeq } = message;
  await db.atomically((q) => [
    q
      .insert(t)
      .values(message)
      .onConflictDoUpdate({ target: [t.stream, t.audience], set: { channel, ts, drawnSeq } }),
  ]);
}

/** Forgets a card that is gone from Slack. */
export async function forgetMessage(db: Db, { stream, audience }: CardMessage): Promise<void> {
  const { slackMessages: t } = db.t;
  await db.atomically((q) => [q.delete(t).where(and(eq(t.stream, stream), eq(t.audience, audience)))]);
}
