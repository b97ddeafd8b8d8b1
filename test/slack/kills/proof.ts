import { and, inArray, ne } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditRecord } from '../../../src/db/audit.ts';
import type { Db } from '../../../src/db/db.ts';
import { changeEvents } from '../../../src/db/events.ts';
import type { openSlack } from '../open-docket.ts';
import type { Promised } from './load.ts';

type Slack = Awaited<ReturnType<typeof openSlack>>;

/** Leases of fifteen seconds have to run out, and lost answers to be looked for. */
const CALM_WITHIN_MS = 90_000;

/** Waits until nothing is left to be done in Slack but what is due later. */
export function calm(db: Db): Promise<void> {
  const { outbox } = db.t;
  const left = () =>
    db.q
      .select({ id: outbox.id, state: outbox.state, why: outbox.lastError })
      .from(outbox)
      .where(and(ne(outbox.kind, 'timer'), inArray(outbox.state, ['waiting', 'sending', 'dead'])));
  return expect.poll(left, { timeout: CALM_WITHIN_MS, interval: 500 }).toEqual([]);
}

/** Nothing that was acknowledged is lost, nothing has happened twice, and the record holds. */
export async function holds(db: Db, slack: Slack, { filed, approved }: Promised): Promise<void> {
  const { changes } = db.t;
  const rows = await db.q
    .select({ id: changes.id, number: changes.number, title: changes.title })
    .from(changes)
    .orderBy(changes.n);
  const numbers = rows.map(({ number }) => number);
  expect(numbers, 'numbers without a gap').toEqual(
    numbers.map((_, n) => `CR-2026-${String(n + 1).padStart(3, '0')}`),
  );
  expect(new Set(rows.map(({ title }) => title)).size, 'each was filed once').toBe(rows.length);
  const byTitle = new Map(rows.map(({ title, number }) => [title, number]));
  for (const [title, number] of filed) expect(byTitle.get(title), title).toBe(number);

  const decided: string[] = [];
  for (const { id, number } of rows)
    for (const event of await changeEvents(db, id)) {
      if (event.type === 'Decided') decided.push(`${number} ${event.by}`);
      if (event.type === 'Submitted') expect(event.number).toBe(number);
    }
  expect(new Set(decided).size, 'nobody decided twice').toBe(decided.length);
  expect(
    [...approved].filter((one) => !decided.includes(one)),
    'approvals lost',
  ).toEqual([]);

  const posted = slack
    .calls('chat.postMessage')
    .filter(({ answer }) => answer === 'ok')
    .map(({ args }) => jobOf(args.metadata))
    .filter((job) => job !== undefined);
  expect(
    posted.filter((job, n) => posted.indexOf(job) !== n),
    'posted twice',
  ).toEqual([]);
  const top = slack
    .as('dana')
    .messages('changes')
    .map(({ text }) => text.slice(0, 'CR-2026-001'.length));
  expect(top.toSorted(), 'one message for each in #changes').toEqual(numbers);
  expect((await auditRecord(db)).breaches).toEqual([]);
}

function jobOf(metadata: unknown): string | undefined {
  return /"id":"([^"]+)"/.exec(JSON.stringify(metadata ?? null))?.[1];
}
