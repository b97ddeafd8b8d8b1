import { parse } from 'csv-parse/sync';
import { marked } from 'marked';
import { expect, it, vi } from 'vitest';
import { APPROVAL_COLUMNS, REFUSAL_COLUMNS } from '../../src/change/export/evidence-rows.ts';
import { COLUMNS } from '../../src/change/export/row.ts';
import { headOf } from '../../src/db/audit.ts';
import { groupMembers, saveGroup } from '../../src/db/groups.ts';
import { handleMeeting, meetNow } from '../../src/engine/board.ts';
import { handleTemplate } from '../../src/engine/catalogue.ts';
import { ACCESS_COLUMNS, FREEZE_COLUMNS } from '../../src/engine/evidence-rows.ts';
import { loadFacts } from '../../src/engine/facts.ts';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { handle } from '../../src/engine/handle.ts';
import { handleEdition } from '../../src/engine/posts.ts';
import { seeGroups, setUp } from '../../src/engine/setup.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import {
  AMIRA,
  DANA,
  GRACE,
  JONAS,
  KLAUS,
  LUCIA,
  MAYA,
  NADIA,
  PRIYA,
  SAM,
  TOMAS,
  WEI,
} from '../change/company.ts';
import { complete, DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { does, ready, WINDOW, windTo, windToMorning } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { answer, filed } from './steps.ts';

type Slack = Awaited<ReturnType<typeof openDocket>>['slack'];

/** Asks for evidence, waits for the message that brings it, and reads every file of it by what it is. */
async function evidence(slack: Slack, hand: Hand, words: string) {
  const had = hand.dms().filter(({ files = [] }) => files.length > 0).length;
  expect(await answer(hand, `/change evidence ${words}`)).toContain('I am putting the evidence of');
  const message = await hand.eventually(() => hand.dms().filter(({ files = [] }) => files.length > 0)[had]);
  const texts = new Map<string, string>();
  for (const { name, path } of message.files ?? [])
    texts.set(name.split('-')[0] ?? '', await (await fetch(new URL(path, slack.url))).text());
  const rows = (table: string): Record<string, string>[] =>
    parse(texts.get(table) ?? '', { columns: true, bom: true });
  return { message, text: texts.get('evidence') ?? '', texts, rows };
}

const headings = (text: string) =>
  marked.lexer(text).flatMap((token) => (token.type === 'heading' && token.depth === 2 ? [token.text] : []));

onBoth('/change evidence', (_open, urls) => {
  it('sends in one message what an auditor samples of a period: a document, and the tables that it speaks of', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const { world } = docket;
    const change = await ready(slack, docket, KLAUS);
    await expect(handle(world, change.id, { type: 'Start', strategy: 'standard' }, SAM)).rejects.toThrow(
      'carries',
    );
    await does(docket, change, step.starts(KLAUS), step.finishes(KLAUS), step.verifies(JONAS));
    const held = await filed(docket, DANA, 'normal', {
      ...{ title: 'Held', startsAt: WINDOW + 3 * DAY, endsAt: WINDOW + 3 * DAY + HOUR },
    });
    const road = [NADIA, PRIYA, TOMAS, PRIYA, GRACE, LUCIA, AMIRA];
    const waiting = await does(docket, held, ...road.map((one) => step.approves(one)));
    const soft = { systems: [], environments: [], categories: [] };
    const freeze = {
      kind: 'soft',
      reason: '=Year-end',
      scope: soft,
      startsAt: START + 3 * DAY,
      endsAt: START + 9 * DAY,
    } as const;
    await handleFreeze(world, `${FREEZE}year-end`, { type: 'Declare', freeze }, NADIA);
    await docket.delivery.idle();
    const facts = await loadFacts(world, { around: [{ start: START, end: START + 9 * DAY }] });
    await does(docket, held, (_, at) => step.exempts(KLAUS, { facts }, 'A hole is open.')(waiting, at));
    // Leo is a guest.
    slack.setGroup('S02PEERREV1', [JONAS, MAYA, 'U02LEO00015']);
    await vi.waitFor(async () => expect(await groupMembers(world.db, 'S02PEERREV1')).toContain(MAYA), 10_000);
    await slack.clock.advanceTo(world.clock.now() + HOUR);
    await setUp(world, { roles: { peer_reviewer: [JONAS, MAYA] } }, NADIA);
    await expect(setUp(world, { roles: { peer_reviewer: [SAM] } }, KLAUS)).rejects.toThrow('Setting up is');
    const ended = handleFreeze(world, `${FREEZE}year-end`, { type: 'End', words: 'Now.' }, SAM);
    await expect(ended).rejects.toThrow('Only the change manager');
    await docket.delivery.idle();

    const dana = slack.as('dana');
    const { message, text, texts, rows } = await evidence(slack, dana, 'Q4 2026');
    expect([...texts.keys()]).toEqual(['evidence', 'changes', 'approvals', 'freezes', 'access', 'refusals']);
    expect(message.files?.[0]?.title).toBe('2026-Q4: the evidence of the period');
    expect(dana.read(message)).toContain('Of what auditors write up, nothing was found.');

    expect(text).toContain('# Change Management Evidence: 2026-Q4');
    expect(text).toContain('From 2026-09-30 22:00:00 UTC until before 2026-12-31 23:00:00 UTC');
    expect(text).toContain('**The period is not over yet**');
    expect(headings(text)).toContain('Exceptions');
    expect(text).toContain('Numbers given in the period, 2026: 1 to 2, 2 changes.');
    expect(text).toContain('They agree.');
    expect(text.match(/^\| .* \| none \|$/gm)).toHaveLength(11);
    expect(text).toMatch(/\| Peer reviewer \| Jonas Weber, Maya Cohen \| – \|/);
    const [, until = '', n, digest] = /`(\S+Z) (\d+) ([0-9a-f]{64})`/.exec(text) ?? [];
    expect(await headOf(world.db, Date.parse(until))).toEqual({
      ...{ until: Date.parse(until), events: Number(n), digest },
    });

    for (const [table, columns] of [
      ['changes', COLUMNS],
      ['approvals', APPROVAL_COLUMNS],
      ['freezes', FREEZE_COLUMNS],
      ['access', ACCESS_COLUMNS],
      ['refusals', REFUSAL_COLUMNS],
    ] as const)
      expect(Object.keys(rows(table)[0] ?? {}), table).toEqual([...columns]);
    expect(rows('changes').map(({ number }) => number)).toEqual([change.number, held.number]);
    expect(rows('approvals')).toMatchObject([
      {
        number: change.number,
        decision: 'approved',
        by: 'Jonas Weber',
        role: 'Peer reviewer',
        via: 'button',
      },
      ...road.map((by) => ({ number: held.number, by_id: by })),
    ]);
    expect(rows('refusals')).toMatchObject([
      { number: change.number, attempted: 'Start', by_id: SAM, code: 'not the implementer' },
      { number: 'set-up', attempted: 'SetUp', by_id: KLAUS, code: 'not your role' },
      { number: 'freeze/year-end', attempted: 'End', by_id: SAM, code: 'not your role' },
    ]);
    expect(rows('refusals')[0]?.reason).toContain('@Klaus Richter carries');
    expect(rows('freezes')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          what: 'let a change in',
          number: held.number,
          role: 'Department head',
          words: 'A hole is open.',
        }),
        expect.objectContaining({
          what: 'declared',
          by: 'Nadia Rossi',
          role: 'Change manager',
          kind: 'soft',
          reason: "'=Year-end",
          systems: 'all',
        }),
      ]),
    );
    const peers = rows('access').filter(({ role_id: role }) => role === 'peer_reviewer');
    expect(peers.map(({ who_id: who, given_by: gave, taken_by: took }) => [who, gave, took])).toEqual([
      ['S02PEERREV1', 'Docket', 'Nadia Rossi'],
      [JONAS, 'Docket', 'Nadia Rossi'],
      ['U02OLGA0012', 'Docket', 'Docket'],
      [WEI, 'Docket', 'Docket'],
      [MAYA, 'Docket', 'Nadia Rossi'],
      [JONAS, 'Nadia Rossi', ''],
      [MAYA, 'Nadia Rossi', ''],
    ]);
    const [group, , , wei, maya] = peers;
    expect(group).toMatchObject({ as: 'holder', through: '', members_known_from: group?.from });
    expect(wei).toMatchObject({ who: 'Wei Zhang', through: 'peer-reviewers', through_id: 'S02PEERREV1' });
    expect([wei?.from, wei?.until, maya?.until]).toEqual([group?.from, maya?.from, group?.until]);
    expect(text).toContain('Who is in a user group is Slack’s to say.');
    expect(text).not.toContain('is not in the record, and not known');
  });
});

it('says since when it is known who was in a group, where it held a role before it was seen', async () => {
  const { slack, docket } = await openDocket();
  const { world } = docket;
  await setUp(world, { roles: { peer_reviewer: ['S0LATER'] } }, NADIA);
  await slack.clock.advanceTo(START + HOUR);
  await saveGroup(world.db, { id: 'S0LATER', name: 'later' });
  await seeGroups(world, [{ group: 'S0LATER', members: [JONAS] }]);
  const { text, rows } = await evidence(slack, slack.as('dana'), '2026-Q4');
  const [group, jonas] = rows('access').filter((row) => [row.who_id, row.through_id].includes('S0LATER'));
  const since = group?.members_known_from ?? '';
  expect(Date.parse(since) - Date.parse(group?.from ?? '')).toBeGreaterThan(0.9 * HOUR);
  expect(jonas).toMatchObject({ who_id: JONAS, from: since, members_known_from: '' });
  expect(text).toContain(
    `⚠️ Who was in later before ${since.slice(0, 19).replace('T', ' ')} UTC is not in the record, and not known.`,
  );
});

it('tells of a period in which nothing happened that nothing did', async () => {
  const { slack } = await openDocket();
  const { text, rows } = await evidence(slack, slack.as('dana'), 'last quarter');
  expect(text).toContain('# Change Management Evidence: 2026-Q3');
  expect(text).toContain('Every change to which something happened in the period: 0');
  for (const nothing of ['None was recorded.', 'None was planned.', 'None was due.', 'None was in force.'])
    expect(text).toContain(nothing);
  for (const table of ['changes', 'approvals', 'freezes', 'access', 'refusals'])
    expect(rows(table)).toEqual([]);
});

it('has the meetings of the board with their minutes, and what was asked for and not done', async () => {
  const { slack, docket } = await openDocket();
  const { world } = docket;
  const change = await filed(docket, DANA, 'standard');
  await windTo(slack, START + 10 * DAY);
  const { id } = await meetNow(world, PRIYA, change);
  await handleMeeting(world, id, { type: 'Close', attendance: [PRIYA] }, NADIA);
  await windTo(slack, START + 50 * DAY);
  await docket.delivery.idle();
  const { text, texts } = await evidence(slack, slack.as('henrik'), '2026-12');
  expect(text).toContain('not held: nothing to decide');
  expect(text).toMatch(
    /held, opened by Priya Raman \(DevOps lead\), closed 2026-12-05 .* UTC by Nadia Rossi \(Change manager\)/,
  );
  expect(texts.get('minutes')).toContain('closed by Nadia Rossi (Change manager)');
  expect(text).toMatch(/\| Success-rate audit, November 2026 \| 2026-1[12] \| .* \| not done \(late\) \|/);
  const said = { type: 'SayDone', words: 'All were as they say.' } as const;
  await handleEdition(world, 'post/success_rate_audit/2026-12', said, NADIA);
  const { text: later } = await evidence(slack, slack.as('henrik'), '2027-01');
  expect(later).toMatch(
    /\| Success-rate audit, December 2026 \| .* UTC, Nadia Rossi \(Change manager\) \(late\) \| All were/,
  );
});

it('tells of what was agreed beforehand: who voted for it on which text, and which changes were filed from it', async () => {
  const { slack, docket } = await openDocket();
  const { world } = docket;
  const example = await ready(slack, docket, MAYA);
  await does(docket, example, step.starts(MAYA), step.finishes(MAYA), step.verifies(JONAS));
  const id = 'template/1';
  const locked = ['systems', 'successCriteria', 'rollbackSteps'] as const;
  const proposal = { title: '=TLS', use: 'Before they end.', locked: [...locked] };
  const { template } = await handleTemplate(
    world,
    id,
    { type: 'Propose', change: example.id, ...proposal },
    DANA,
  );
  const seen = template.versions[0]?.hash ?? '';
  const vote = { type: 'Vote', seen } as const;
  // They are asked by day, and that goes into the record a moment later.
  await windToMorning(slack, docket);
  await windTo(slack, slack.clock.now() + HOUR / 6);
  await docket.delivery.idle();
  for (const by of [LUCIA, TOMAS, AMIRA, PRIYA])
    await handleTemplate(world, id, { ...vote, verdict: 'approve' }, by);
  const startsAt = WINDOW + DAY;
  const text = complete.standard({ startsAt, endsAt: startsAt + 2 * HOUR });
  const from = { id, version: 1 };
  const filing = { type: 'Submit', category: 'standard', proposal: text, template: from } as const;
  const { change } = await handle(world, 'c-2', { ...filing, id: 'c-2' }, SAM);

  const { text: document, rows } = await evidence(slack, slack.as('henrik'), '2026-Q4');
  const asked = ['Priya Raman', 'Lucía Moreno', 'Tomáš Novák', 'Amira Haddad', 'Wei Zhang', 'Grace Mbeki'];
  for (const who of asked) expect(document).toContain(`${who} 2026-11-27 0`);
  expect(rows('changes').map(({ number, catalogue }) => [number, catalogue])).toEqual([
    [example.number, ''],
    [change.number, "'=TLS, version 1"],
  ]);
  const votes = rows('approvals').filter(({ number }) => number === 'catalogue: =TLS, version 1');
  expect(votes.map(({ by_id: by }) => by)).toEqual([LUCIA, TOMAS, AMIRA, PRIYA]);
  expect(votes[3]).toMatchObject({
    ...{ stage: 'Change Advisory Board', seat: 'DevOps lead (chair)', decision: 'approved' },
    ...{ role: 'DevOps lead', text_hash: seen },
  });
});

it('says which period it does not know, and gives nothing to guests', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  expect(await answer(dana, '/change evidence 2026-Q5')).toContain('There is no quarter 2026-Q5. Please say');
  expect(await answer(dana, '/change evidence everything')).toContain('Please say of which period');
  expect(await answer(dana, '/change evidence 2027')).toContain('2027 has not begun yet');
  expect(await answer(slack.as('leo'), '/change evidence 2026-Q4')).toContain('guests cannot');
  await docket.delivery.idle();
  expect(
    slack
      .as('leo')
      .dms()
      .flatMap(({ files = [] }) => files),
  ).toEqual([]);
});
