import { expect, it } from 'vitest';
import type { Intent } from '../../src/change/types.ts';
import { Busy, InDoubt } from '../../src/db/errors.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { handle } from '../../src/engine/handle.ts';
import type { World } from '../../src/engine/world.ts';
import { explain } from '../../src/slack/wire/explain.ts';
import { DANA, NADIA } from '../change/company.ts';
import { normal } from '../change/proposals.ts';
import { onPostgres } from '../db/both.ts';
import type { Cut } from '../db/proxy.ts';
import { behindProxy } from './behind-proxy.ts';
import { makeTestWorld, settle } from './open-world.ts';

const ASK: Intent = { type: 'Ask', question: 'q1', words: 'How long does it take?' };

onPostgres('a commit whose answer is lost', (open, urls) => {
  /** A world whose road to the database can be cut, one that sees what is there, and a change that is under way. */
  async function between() {
    const other = makeTestWorld(await open());
    await settle(other);
    const { world, connection } = await behindProxy(other, urls.of(other.db));
    await handle(other, 'c-1', { type: 'Submit', id: 'c-1', category: 'normal', proposal: normal() }, DANA);
    return { world, other, connection };
  }

  const asks = (world: World, key?: string) =>
    world.arriving.during(key === undefined ? {} : { key }, () => handle(world, 'c-1', ASK, NADIA));

  async function asked({ db }: World): Promise<number> {
    const events = await eventsOf(db, 'c-1');
    expect(verify(events)).toMatchObject({ ok: true });
    const jobs = (await db.q.select().from(db.t.outbox)).filter(({ stream }) => stream === 'c-1');
    const said = events.findIndex(({ type }) => type === 'QuestionAsked') + 1;
    if (said > 0) expect(jobs.filter(({ id }) => id.startsWith(`c-1/${said}/`)).length).toBeGreaterThan(0);
    return events.filter(({ type }) => type === 'QuestionAsked').length;
  }

  it.each<[Cut, string | undefined]>([
    ['before it is answered', 'press 1'],
    ['before it is answered', undefined],
    ['before it arrives', 'press 1'],
    ['before it arrives', undefined],
  ])('is saved once where the connection was cut %s (delivered as %s)', async (when, key) => {
    const { world, other, connection } = await between();
    connection.cut('COMMIT', when);
    expect(await asks(world, key)).toMatchObject({ added: 1, change: { id: 'c-1' } });
    expect(await asked(other)).toBe(1);
  });

  it.each<[Cut, number]>([
    ['before it is answered', 1],
    ['before it arrives', 0],
  ])('is said to be in doubt while nobody can look, cut %s, and has its effect once when it is delivered again', async (when, saved) => {
    const { world, other, connection } = await between();
    connection.cut('COMMIT', when, { thenAway: true });
    const error: unknown = await asks(world, 'press 1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InDoubt);
    expect(explain(world, error).sentence).toBe(
      'I lost my database while it was saving that, so I do not know whether it was saved. Please look in a minute, and do it again only if it is not there; your admin has the details.',
    );
    expect(await asked(other)).toBe(saved);
    connection.comeBack();
    await asks(world, 'press 1');
    expect(await asked(other)).toBe(1);
  });

  it('is not in doubt where the connection was cut before the commit', async () => {
    const { world, other, connection } = await between();
    connection.cut('insert into "events"', 'before it is answered', { thenAway: true });
    const error: unknown = await asks(world).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Busy);
    expect(error).not.toBeInstanceOf(InDoubt);
    expect(explain(world, error).sentence).toMatch(/^That was not saved/);
    expect(await asked(other)).toBe(0);
  });

  it('is not taken for saved where somebody else has the place of its event by the time it is saved once more', async () => {
    const { world, other } = await between();
    const { db } = world;
    let lost = 0;
    const atomically: typeof db.atomically = async (list) => {
      if (lost++ > 0) return db.atomically(list);
      await handle(other, 'c-1', { type: 'Ask', question: 'q2', words: 'And what then?' }, NADIA);
      throw new InDoubt('nothing of it arrived');
    };
    expect(await asks({ ...world, db: { ...db, atomically } })).toMatchObject({ added: 1 });
    expect(await asked(other)).toBe(2);
  });

  it('leaves what somebody else has done meanwhile, and decides again', async () => {
    const { world, other, connection } = await between();
    connection.cut('COMMIT', 'before it arrives');
    const mine = asks(world);
    const theirs = handle(other, 'c-1', { type: 'Ask', question: 'q2', words: 'And what then?' }, NADIA);
    expect(await Promise.all([mine, theirs])).toMatchObject([{ added: 1 }, { added: 1 }]);
    expect(await asked(other)).toBe(2);
  });
});
