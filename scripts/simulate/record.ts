import type { Db } from '../../src/db/db.ts';

/** An event as it lies in the database, and nothing that Docket makes of it. */
export interface Raw {
  stream: string;
  seq: number;
  type: string;
  actor: string;
  at: number;
  // Read without Docket's own types: what is not there is missed here.
  data: Record<string, unknown>;
}

/** Everything that happened, by stream, in order. */
export type RawRecord = Map<string, Raw[]>;

export async function readRecord(db: Db): Promise<RawRecord> {
  const { stream, seq, type, actor, at, data } = db.t.events;
  const rows = await db.q.select({ stream, seq, type, actor, at, data }).from(db.t.events);
  const record: RawRecord = new Map();
  for (const row of rows) {
    const events = record.get(row.stream) ?? [];
    record.set(row.stream, events);
    events.push({ ...row, data: JSON.parse(row.data) });
  }
  for (const events of record.values()) events.sort((a, b) => a.seq - b.seq);
  return record;
}

export const isChange = (stream: string): boolean =>
  !stream.includes('/') && stream !== 'workspace' && stream !== 'calendar';

export function categoryOf(record: RawRecord, stream: string): string | undefined {
  const events = record.get(stream) ?? [];
  const last = events.findLast(({ type }) => type === 'Submitted' || type === 'Reclassified');
  return isChange(stream) ? String(last?.data.category ?? last?.data.to ?? '') : undefined;
}
