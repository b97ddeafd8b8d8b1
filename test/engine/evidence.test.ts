import { expect, it } from 'vitest';
import { periodNamed } from '../../src/calendar/period.ts';
import { saveChange } from '../../src/db/changes.ts';
import { handleTemplate } from '../../src/engine/catalogue.ts';
import { collectEvidence } from '../../src/engine/evidence.ts';
import { board, catalogue, roles } from '../../src/engine/evidence-in-force.ts';
import { freezeRows } from '../../src/engine/evidence-rows.ts';
import { emptyTally } from '../../src/engine/evidence-tally.ts';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { handleEdition } from '../../src/engine/posts.ts';
import { handleWorkspace, setUp } from '../../src/engine/setup.ts';
import type { PostId } from '../../src/policy/posts.ts';
import { closedChange } from '../catalogue/templates.ts';
import { AMIRA, DANA, KLAUS, LUCIA, NADIA, OLGA, PRIYA, TOMAS } from '../change/company.ts';
import { DAY, MONDAY_10 } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

const UPKEEP: PostId[] = ['quarterly_process_review', 'annual_workflow_review', 'training'];
const TEMPLATE = 'template/1';
const names = { person: (id: string) => id, channel: (id: string) => id };

/** From Monday the second of March on, with something of everything in March, in April and in May. */
async function threeMonths(world: TestWorld): Promise<void> {
  const asks = (post: PostId, key: string) =>
    handleEdition(
      world,
      `post/${post}/${key}`,
      {
        ...{ type: 'Publish', post, period: { key, start: 0, end: 0 }, due: world.clock.now() },
        made: { to: [NADIA], duty: { owners: ['change_manager'], deadline: world.clock.now() + 14 * DAY } },
      },
      'docket',
    );
  const refused = (attempt: Promise<unknown>) => expect(attempt).rejects.toThrow();
  await settle(world);
  const source = closedChange();
  await world.db.atomically((q) => [saveChange(q, world.db.t, source, 'head', 0)]);
  const { template } = await handleTemplate(
    ...([world, TEMPLATE] as const),
    {
      ...{ type: 'Propose', change: source.id, title: 'TLS certificates', use: 'Before they end.' },
      locked: ['systems', 'successCriteria', 'rollbackSteps'],
    },
    DANA,
  );
  const seen = template.versions[0]?.hash ?? '';
  for (const by of [PRIYA, LUCIA, TOMAS, AMIRA])
    await handleTemplate(world, TEMPLATE, { type: 'Vote', verdict: 'approve', seen }, by);
  await refused(handleTemplate(world, TEMPLATE, { type: 'Retire', words: 'I do not like it.' }, OLGA));
  await refused(setUp(world, { roles: { peer_reviewer: [KLAUS] } }, KLAUS));
  const scope = { systems: [], environments: [], categories: [] };
  const freeze = { kind: 'hard', reason: 'Spring', scope } as const;
  const until = { startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + 60 * DAY };
  await handleFreeze(world, `${FREEZE}spring`, { type: 'Declare', freeze: { ...freeze, ...until } }, NADIA);
  await asks('quarterly_process_review', '2026-Q1');
  await asks('annual_workflow_review', '2026');
  await handleEdition(
    ...([world, 'post/quarterly_process_review/2026-Q1'] as const),
    { type: 'SayDone', words: 'Done.' },
    NADIA,
  );
  await world.clock.advanceTo(MONDAY_10 + 40 * DAY); // the eleventh of April
  await refused(setUp(world, { roles: { peer_reviewer: [OLGA] } }, OLGA));
  await handleTemplate(world, TEMPLATE, { type: 'Retire', words: 'There is another one.' }, NADIA);
  await world.clock.advanceTo(MONDAY_10 + 70 * DAY); // the eleventh of May
  await asks('training', '2026-H1');
}

onSqlite('the evidence of a period', (open) => {
  it('has what belongs to that period, and all as it was at its end', async () => {
    const world = makeTestWorld(await open());
    await threeMonths(world);
    const of = async (words: string) => {
      const period = periodNamed(words, world.policy.zone, world.clock.now()) ?? expect.fail();
      const evidence = await collectEvidence(world, period, UPKEEP);
      const { policy } = world;
      const source = { evidence, policy, names, files: [], tally: emptyTally(), titleOf: () => '' };
      return {
        refused: evidence.refusedBeside.map(({ of: what, event }) => `${what}: ${event.by}`),
        duties: evidence.duties.map(({ post }) => post),
        catalogue: catalogue(source).join('\n'),
        freezes: freezeRows(evidence, period, { policy, names }).map(([what]) => what),
      };
    };
    const [march, april, may] = [await of('2026-03'), await of('2026-04'), await of('2026-05')];
    expect(march.refused.toSorted()).toEqual([`catalogue: TLS certificates: ${OLGA}`, `set-up: ${KLAUS}`]);
    expect(april.refused).toEqual([`set-up: ${OLGA}`]);
    expect(may.refused).toEqual([]);
    expect(march.duties.toSorted()).toEqual(['annual_workflow_review', 'quarterly_process_review']);
    expect(april.duties).toEqual(['annual_workflow_review']);
    expect(may.duties.toSorted()).toEqual(['annual_workflow_review', 'training']);
    expect(march.catalogue).toMatch(/\| TLS certificates \| 1 \| .* \| in force \| approved /);
    expect(april.catalogue).toMatch(/\| TLS certificates \| 1 \| .* \| retired \| retired /);
    expect(may.catalogue).toBe('None was in force.');
    // Declared in March and in force until May; in April it is told of as it was when April began.
    expect([march, april, may].map(({ freezes }) => freezes)).toEqual([
      ['declared'],
      ['declared'],
      ['declared'],
    ]);
  });

  it('says who gave a right to themselves in it, and which holders of a role had left by its end', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const of = async (words: string) => {
      const period = periodNamed(words, world.policy.zone, world.clock.now()) ?? expect.fail();
      const evidence = await collectEvidence(world, period, UPKEEP);
      const source = { ...{ evidence, policy: world.policy, names }, files: [], tally: emptyTally() };
      const told = { ...source, titleOf: () => '' };
      return { roles: roles(told).join('\n'), board: board(told).join('\n') };
    };
    await setUp(world, { roles: { peer_reviewer: [OLGA] } }, NADIA);
    const before = await of('2026-03');
    expect(before.roles).toContain('Nobody gave a right to themselves in the period.');
    expect(before.roles).not.toContain('has left');
    await setUp(world, { roles: { peer_reviewer: [OLGA, NADIA] } }, NADIA);
    const [startsAt, endsAt] = [world.clock.now(), world.clock.now() + DAY];
    const delegation = { id: 'd-1', from: PRIYA, to: NADIA, startsAt, endsAt };
    await handleWorkspace(world, { type: 'Delegate', delegation }, NADIA);
    await handleWorkspace(world, { type: 'NoticeGone', person: PRIYA }, 'docket');
    const march = await of('2026-03');
    expect(march.roles.replaceAll('\\', '')).toContain(
      `⚠️ Rights that people gave to themselves in the period:\n\n- ${NADIA}, holder: Peer reviewer, 2026-03-02 09:00:00 UTC\n- ${NADIA}, stand-in: in place of ${PRIYA}, `,
    );
    expect(march.board).toContain(`${PRIYA} (has left)`);
    await world.clock.advanceTo(MONDAY_10 + 40 * DAY);
    const april = await of('2026-04');
    expect(april.roles).toContain('Nobody gave a right to themselves in the period.');
    expect(april.board).toContain(`${PRIYA} (has left)`);
  });
});
