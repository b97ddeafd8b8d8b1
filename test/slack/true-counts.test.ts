import { expect, it } from 'vitest';
import { actionRow } from '../../src/db/actions.ts';
import { saveChange } from '../../src/db/changes.ts';
import { saveDraft } from '../../src/db/drafts.ts';
import { dashboardOf } from '../../src/engine/dashboard.ts';
import { drawHome } from '../../src/slack/home-view.ts';
import { drawDigest } from '../../src/slack/posts/digest.ts';
import { POSTS } from '../../src/slack/posts.ts';
import { DANA } from '../change/company.ts';
import { given } from '../change/given.ts';
import { standard, UNTIL_OPEN } from '../change/proposals.ts';
import { filesStandard, finishes, readyToStart, starts } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { lifeWriter } from '../db/write-life.ts';
import { makeTestWorld, settle } from '../engine/open-world.ts';

const { change } = given(filesStandard);
/** More than are listed anywhere. */
const MANY = 60;

onBoth('what somebody has very much of', (open) => {
  it('is counted to its end on Home and in the digest', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const { db, clock } = world;
    const now = clock.now();
    const item = { words: 'Write it down.', owner: DANA, due: now + 1, by: DANA, at: now };
    const draft = {
      owner: DANA,
      category: 'standard',
      step: 0,
      updatedAt: now,
      proposal: standard(),
    } as const;
    await db.atomically((q) =>
      Array.from({ length: MANY }, (_, n) => [
        saveChange(q, db.t, { ...change, id: `c-${n}`, number: `CR-2026-${n + 1}` }, 'head', n),
        saveDraft(q, db.t, { ...draft, id: `d-${n}` }),
        q.insert(db.t.actions).values(actionRow('c-1', { ...item, id: `a-${n}` })),
      ]).flat(),
    );
    const dashboard = await dashboardOf(world, DANA);
    const home = JSON.stringify(drawHome(dashboard, DANA));
    for (const title of ['Your action items', 'Your drafts', 'Your open changes'])
      expect(home).toContain(`${title} (${MANY})`);
    expect(home).toContain(`And ${MANY - 6} more.`);
    expect(drawDigest(dashboard).text).toContain(`${MANY} action items`);
    expect(JSON.stringify(drawDigest(dashboard).blocks)).toContain(`and ${MANY - 8} more`);
  });

  it('is named in an audit of success rates as far as there is room, with the way to the rest', async () => {
    const world = makeTestWorld(await open());
    const failed = given(...readyToStart)
      .later(UNTIL_OPEN)
      .when(starts(DANA))
      .and()
      .when(finishes(DANA, 'failed', 'It broke.'))
      .and();
    const at = 'finishedAt' in failed.change ? failed.change.finishedAt : 0;
    for (let n = 1; n <= 23; n++) await lifeWriter(world.db, `c-${n}`, n)(failed.history);
    const audit = POSTS.find(({ id }) => id === 'success_rate_audit') ?? expect.fail();
    const made = await audit.make(world, { key: '2026-03', start: at - 1, end: at + 1 });
    expect(made?.says).toContain('• and 3 more: `/change evidence 2026-03` has them in its table of changes');
  });
});
