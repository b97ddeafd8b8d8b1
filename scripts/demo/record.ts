import { changeByNumber } from '../../src/db/changes.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { same } from './difference.ts';
import { MINUTE, type Stage } from './stage.ts';
import { dayIn } from './teller.ts';

/**
 * Tells a change's record, event by event with its hash, and verifies the chain.
 * @param expected the types of its events, in order, without those that say who was told
 * @returns how many minutes lie between the submission and the approval
 */
export async function tellRecord(
  { slack, docket, tell }: Stage,
  number: string,
  expected: string[],
): Promise<number> {
  const { db } = docket.world;
  const change = await changeByNumber(db, number);
  const rows = await eventsOf(db, change?.id ?? '');
  const people = slack.snapshot(slack.as('dana').person.id).people;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.realName ?? 'Docket';
  tell.line(`  ${number}  ${change?.proposal.title ?? ''}`);
  for (const { seq, type, actor, at, hash } of rows)
    tell.line(
      `  ${String(seq).padStart(4)}  ${dayIn(at).padEnd(18)} ${type.padEnd(17)} ${nameOf(actor).padEnd(16)} ${hash.slice(0, 12)}`,
    );
  const verdict = verify(rows);
  // Who was told comes into the record once Slack has said so, between whatever else happens meanwhile.
  const types = rows.map(({ type }) => type);
  const happened = types.filter((type) => type !== 'Notified');
  same(`the events of ${number}`, happened, expected);
  same(`whether ${number} says who was told`, types.includes('Notified'), true);
  same(`the chain of ${number}`, verdict, { ok: true, head: rows.at(-1)?.hash, count: rows.length });
  tell.line(`        verified: ${rows.length} events, each linked to the one before it`);
  tell.line();
  const approved = rows.find(({ type }) => type === 'ChangeApproved');
  return Math.round(((approved?.at ?? 0) - (rows[0]?.at ?? 0)) / MINUTE);
}
