import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import type { TemplateIntent } from '../../src/catalogue/types.ts';
import { auditRecord } from '../../src/db/audit.ts';
import { loadChange, saveChange } from '../../src/db/changes.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { allTemplates, loadTemplate, usageOf } from '../../src/db/templates.ts';
import { handleTemplate } from '../../src/engine/catalogue.ts';
import { startDelivery } from '../../src/engine/deliver.ts';
import { giveDue } from '../../src/engine/due.ts';
import { handle } from '../../src/engine/handle.ts';
import { setUp, WORKSPACE } from '../../src/engine/setup.ts';
import { closedChange } from '../catalogue/templates.ts';
import { AMIRA, DANA, JONAS, LUCIA, NADIA, OLGA, PRIYA, TOMAS } from '../change/company.ts';
import { standard } from '../change/proposals.ts';
import {
  approves,
  finishes,
  prepares,
  recordsTests,
  rollsBack,
  type Step,
  starts,
  verifies,
} from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';

const ID = 'template/1';

onBoth('the catalogue', (open) => {
  async function withTemplate() {
    const world = makeTestWorld(await open());
    await settle(world);
    const source = closedChange();
    await world.db.atomically((q) => [saveChange(q, world.db.t, source, 'head', 0)]);
    const proposal: TemplateIntent = {
      ...{ type: 'Propose', change: source.id, title: 'TLS certificates', use: 'Before they end.' },
      locked: ['systems', 'successCriteria', 'rollbackSteps'],
    };
    const { template } = await handleTemplate(world, ID, proposal, DANA);
    const seen = template.versions[0]?.hash ?? '';
    const vote = { type: 'Vote', verdict: 'approve', seen } as const;
    const submit = (id: string, more = {}) =>
      handle(
        world,
        id,
        {
          type: 'Submit',
          id,
          category: 'standard',
          proposal: standard(more),
          template: { id: ID, version: 1 },
        },
        OLGA,
      );
    return { world, proposal, vote, submit };
  }

  it('is kept in a linked stream of its own, and a repeated delivery adds nothing', async () => {
    const { world, proposal, vote } = await withTemplate();
    expect((await handleTemplate(world, ID, proposal, DANA)).added).toBe(0);
    for (const by of [PRIYA, LUCIA, TOMAS, AMIRA]) await handleTemplate(world, ID, vote, by);
    expect((await handleTemplate(world, ID, vote, PRIYA)).added).toBe(0);
    expect(verify(await eventsOf(world.db, ID))).toMatchObject({ ok: true, count: 6 });
    const [saved] = await allTemplates(world.db);
    expect(saved).toMatchObject({ id: ID, seq: 6, versions: [{ decided: { outcome: 'approved' } }] });
  });

  it('asks whoever comes to the board while a template is before it', async () => {
    const { world } = await withTemplate();
    await setUp(world, { roles: { business_representative: [NADIA] } }, 'docket');
    await giveDue(world, WORKSPACE, { type: 'AskAround' });
    const { versions = [] } = (await loadTemplate(world.db, ID))?.state ?? {};
    expect(versions[0]?.asked).toContain(NADIA);
  });

  it('keeps who tried what they may not do, and nothing else comes of it', async () => {
    const { world, vote } = await withTemplate();
    await expect(handleTemplate(world, ID, vote, OLGA)).rejects.toMatchObject({ code: 'not your role' });
    await expect(
      handleTemplate(world, ID, { type: 'Retire', words: 'I do not like it.' }, OLGA),
    ).rejects.toMatchObject({ code: 'not your role' });
    const record = await eventsOf(world.db, ID);
    expect(verify(record)).toMatchObject({ ok: true, count: 3 });
    expect(record.slice(1)).toMatchObject([
      {
        type: 'TemplateRefused',
        actor: OLGA,
        data: expect.stringContaining('"command":"Vote","code":"not your role"'),
      },
      {
        type: 'TemplateRefused',
        actor: OLGA,
        data: expect.stringContaining('"command":"Retire","code":"not your role"'),
      },
    ]);
    const stored = await loadTemplate(world.db, ID);
    expect(stored?.state).toMatchObject({ seq: 3, versions: [{ votes: [] }] });
    expect(stored?.state).not.toHaveProperty('retired');
  });

  it('lets a change be filed from what the board has approved, as it approved it, and not while it is suspended', async () => {
    const { world, vote, submit } = await withTemplate();
    await expect(submit('c-2')).rejects.toMatchObject({ code: 'unknown' });
    for (const by of [PRIYA, LUCIA, TOMAS, AMIRA]) await handleTemplate(world, ID, vote, by);
    await expect(submit('c-2', { systems: ['database'] })).rejects.toMatchObject({ code: 'not qualified' });
    const { change } = await submit('c-2');
    expect(change.template).toMatchObject({ id: ID, version: 1, title: 'TLS certificates' });
    const failed = { change: 'c-2', number: change.number, outcome: 'rolled back' } as const;
    await handleTemplate(world, ID, { type: 'Suspend', ...failed, people: [OLGA] }, 'docket');
    await expect(submit('c-3')).rejects.toMatchObject({ code: 'not now' });
    await handleTemplate(world, ID, { type: 'Reinstate', words: 'A full disk.' }, NADIA);
    expect((await submit('c-3')).change.template?.version).toBe(1);
  });

  it('counts how often something was filed from it, and how that went', async () => {
    const { world, vote, submit } = await withTemplate();
    for (const by of [PRIYA, LUCIA, TOMAS, AMIRA]) await handleTemplate(world, ID, vote, by);
    expect(await usageOf(world.db)).toEqual(new Map());
    const { change } = await submit('c-2');
    expect((await usageOf(world.db)).get(ID)).toEqual({ filed: 1, carriedOut: 0, wentWell: 0 });
    const { template } = change;
    if (!template) throw new Error('it was filed from one');
    const ended = [closedChange(), closedChange('partial'), closedChange('success', [])];
    const rows = ended.map((each, n) => ({ ...each, id: `e-${n}`, number: `CR-2026-90${n}`, template }));
    await world.db.atomically((q) => rows.map((each) => saveChange(q, world.db.t, each, 'head', 0)));
    expect((await usageOf(world.db)).get(ID)).toEqual({ filed: 4, carriedOut: 3, wentWell: 1 });
  });

  it('is part of what an audit walks: a row that does not end where its events do, and one without events', async () => {
    const { world } = await withTemplate();
    const breaches = async () => (await auditRecord(world.db)).breaches.filter(({ stream }) => stream === ID);
    expect(await breaches()).toEqual([]);
    const { templates, events } = world.db.t;
    await world.db.atomically((q) => [
      q.update(templates).set({ head: 'forged' }).where(eq(templates.id, ID)),
    ]);
    expect(await breaches()).toMatchObject([
      { reason: 'its row in templates does not end where its events do' },
    ]);
    await world.db.atomically((q) => [q.delete(events).where(eq(events.stream, ID))]);
    expect(await breaches()).toMatchObject([{ reason: 'all its events are missing' }]);
  });

  async function withFiled() {
    const { world, vote, submit } = await withTemplate();
    for (const by of [PRIYA, LUCIA, TOMAS, AMIRA]) await handleTemplate(world, ID, vote, by);
    const delivery = startDelivery(world, async () => ({ end: 'done' }));
    onTestFinished(() => delivery.stop());
    const filed = (await submit('c-2')).change;
    const takes = async (...steps: Step[]) => {
      for (const step of steps) {
        const { by, at: _, ...intent } = step((await loadChange(world.db, 'c-2'))?.state, 0);
        await handle(world, 'c-2', intent, by);
      }
      await delivery.idle();
    };
    await takes(approves(JONAS), recordsTests(OLGA), prepares(OLGA));
    await world.clock.advanceTo(filed.proposal.startsAt ?? 0);
    const suspended = async () => (await loadTemplate(world.db, ID))?.state.suspended;
    return { world, delivery, filed, takes, suspended };
  }

  it('is suspended by the outbox when a change that was filed from it is rolled back, exactly once', async () => {
    const { world, delivery, filed, takes, suspended } = await withFiled();
    await takes(starts(OLGA), rollsBack(OLGA, 'The old chain was pinned.'));
    expect(await suspended()).toMatchObject({
      number: filed.number,
      why: 'it was rolled back. The old chain was pinned.',
    });

    await handleTemplate(world, ID, { type: 'Reinstate', words: 'The pin is gone.' }, NADIA);
    const { outbox } = world.db.t;
    await world.db.atomically((q) => [
      q.update(outbox).set({ state: 'waiting', due: 0 }).where(eq(outbox.kind, 'command')),
    ]);
    world.wake();
    await delivery.idle();
    const events = await eventsOf(world.db, ID);
    expect(events.filter(({ type }) => type === 'TemplateSuspended')).toHaveLength(1);
    expect(await suspended()).toBeUndefined();
  });

  it('is suspended by a verification that leaves something open of what ended as a success, and by no other', async () => {
    const open = await withFiled();
    await open.takes(starts(OLGA), finishes(OLGA));
    expect(await open.suspended()).toBeUndefined();
    await open.takes(verifies(JONAS, ['as_designed'], 'Half of the hosts have the old chain.'));
    expect(await open.suspended()).toMatchObject({
      ...{ number: open.filed.number, people: [OLGA] },
      why: 'its verification has left something open. Half of the hosts have the old chain.',
    });
    const good = await withFiled();
    await good.takes(starts(OLGA), finishes(OLGA), verifies(JONAS));
    expect(await good.suspended()).toBeUndefined();
  });
});
