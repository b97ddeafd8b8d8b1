import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import { drawFound } from '../../src/slack/features/search.ts';
import { readSearch } from '../../src/slack/search-query.ts';
import { DANA, KLAUS } from '../change/company.ts';
import { given } from '../change/given.ts';
import { filesStandard } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { WIDEST_HOLDERS } from './limits-extremes.ts';
import { wrongInMessage } from './limits-taken.ts';
import { GUIDE, openDocket } from './open-docket.ts';
import { approves, edits, filed, headline } from './steps.ts';

/** What only this person is answered. */
async function answer(hand: Hand, command: string): Promise<string> {
  const before = hand.ephemerals().length;
  expect(await hand.command(command, { in: 'changes' })).toEqual({ ok: true });
  const said = await hand.eventually(() => hand.ephemerals()[before]);
  return said ? hand.read(said) : '';
}

onBoth('/change search', (_open, urls) => {
  it('finds by words, people and filters, and says how it read them', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const dana = slack.as('dana');
    await filed(docket, DANA, 'standard', { title: 'Rotate the TLS certificates' });
    await filed(docket, KLAUS, 'standard', { title: 'Rotate the API keys' });
    await filed(docket, KLAUS, 'emergency', { title: 'Restart the payment gateway' });
    await headline(dana, 'CR-2026-003');

    const rotate = await answer(dana, '/change search ROTATE');
    expect(rotate).toContain('Found with “rotate”');
    expect(rotate).toMatch(/CR-2026-002[\s\S]*CR-2026-001/);
    expect(await answer(dana, '/change search rotate from:me')).toMatch(
      /“rotate” · filed by @Dana Okafor[\s\S]*CR-2026-001/,
    );
    const his = await answer(dana, '/change search from:@klaus category:emergency status:open');
    expect(his).toContain('filed by @Klaus Richter · emergency · open');
    expect(his).not.toContain('CR-2026-002');
    expect(his).toContain('CR-2026-003');
    expect(await answer(dana, '/change search 2026-001')).toContain('CR-2026-001');
    expect(await answer(dana, '/change search nowhere')).toContain('I found no change with “nowhere”');
  });

  it('follows a change: its new title, its status, who approved it', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
    const { number } = await filed(docket, DANA, 'standard', { title: 'Rotate the certificates' });
    await headline(dana, number);
    await edits(dana, number, { Title: 'Renew the certificates' });
    await jonas.eventually(() => jonas.dms().some((dm) => jonas.read(dm).includes('Renew')));
    await approves(jonas);
    await dana.eventually(() => dana.read(dana.messages('changes')[0] ?? never()).includes('Approved'));
    expect(await answer(dana, '/change search rotate')).toContain('I found no change');
    expect(await answer(dana, '/change search renew status:scheduled with:@jonas')).toContain(number);
  });

  it('is refused where it says nothing, and never breaks on what people type', async () => {
    const { slack } = await openDocket({ databaseUrl: await urls.fresh() });
    const dana = slack.as('dana');
    expect(await answer(dana, '/change search')).toContain('Please say what to look for');
    expect(await answer(dana, '/change search ***')).toContain('Please say what to look for');
    expect(await answer(dana, '/change search risk:huge')).toContain('There is: low, medium, high.');
    expect(await answer(dana, '/change search from:dana')).toContain('from:@name');
    for (const words of [
      `"a" OR 'b' NEAR(c) -- *`,
      `x:* & !y | (z`,
      `status:"in review" \\ %_ ';`,
      'constructor:x __proto__:y',
    ])
      expect(await answer(dana, `/change search ${words}`)).toContain('I found no change');
  });

  it('is for members: a guest hears so', async () => {
    const { slack } = await openDocket({ databaseUrl: await urls.fresh() });
    expect(await answer(slack.as('leo'), '/change search x')).toContain('guests cannot');
  });
});

it('shows more, page by page', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  for (let n = 0; n < 17; n++) await filed(docket, DANA, 'emergency', { title: `Same thing ${n}` });
  await answer(dana, '/change search same');
  const [first] = dana.ephemerals();
  if (!first) throw new Error('nothing was found');
  expect(dana.read(first)).toContain('CR-2026-003');
  expect(dana.read(first)).not.toContain('CR-2026-002');
  await dana.press(first, 'Show more');
  const second = await dana.eventually(() => dana.ephemerals()[1]);
  expect(second && dana.read(second)).toMatch(/CR-2026-002[\s\S]*CR-2026-001/);
  expect(second && dana.read(second)).not.toContain('Show more');
});

it('is drawn within Slack’s limits, with the longest that can be searched for and found', () => {
  const words = `${'"'.repeat(200)}${'&<'.repeat(150)}`;
  const { change: plain } = given(filesStandard);
  const change = { ...plain, proposal: { ...plain.proposal, title: '<&>'.repeat(50) } };
  const found = Array.from({ length: 16 }, () => ({ change, key: 2_026_000_000_001 }));
  const { understood } = readSearch('wordwordword<&> system:b status:open '.repeat(12), GUIDE, DANA);
  for (const list of [found, found.slice(0, 1), []])
    expect(
      wrongInMessage(drawFound({ words, understood, found: list, holders: WIDEST_HOLDERS, first: true })),
    ).toEqual([]);
});

function never(): never {
  throw new Error('there is no such message');
}
