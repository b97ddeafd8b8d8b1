import { expect, it } from 'vitest';
import type { TemplateIntent } from '../../src/catalogue/types.ts';
import { saveChange } from '../../src/db/changes.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { allTemplates } from '../../src/db/templates.ts';
import { handleTemplate } from '../../src/engine/catalogue.ts';
import { handle } from '../../src/engine/handle.ts';
import { closedChange } from '../catalogue/templates.ts';
import { AMIRA, DANA, LUCIA, NADIA, OLGA, PRIYA, TOMAS } from '../change/company.ts';
import { standard } from '../change/proposals.ts';
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
      locked: ['systems', 'rollbackSteps'],
    };
    const { template } = await handleTemplate(world, ID, proposal, DANA);
    const seen = template.versions[0]?.hash ?? '';
    const vote = { type: 'Vote', version: 1, verdict: 'approve', seen } as const;
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

  it('lets a change be filed from what the board has approved, as it approved it, and not while it is suspended', async () => {
    const { world, vote, submit } = await withTemplate();
    await expect(submit('c-2')).rejects.toMatchObject({ code: 'unknown' });
    for (const by of [PRIYA, LUCIA, TOMAS, AMIRA]) await handleTemplate(world, ID, vote, by);
    await expect(submit('c-2', { systems: ['database'] })).rejects.toMatchObject({ code: 'not qualified' });
    const { change } = await submit('c-2');
    expect(change.template).toMatchObject({ id: ID, version: 1, title: 'TLS certificates' });
    const failed = { change: 'c-2', number: change.number, why: 'it was rolled back' };
    await handleTemplate(world, ID, { type: 'Suspend', ...failed }, 'docket');
    await expect(submit('c-3')).rejects.toMatchObject({ code: 'not now' });
    await handleTemplate(world, ID, { type: 'Reinstate', words: 'A full disk.' }, NADIA);
    expect((await submit('c-3')).change.template?.version).toBe(1);
  });
});
