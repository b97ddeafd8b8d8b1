import { expect, it } from 'vitest';
import { playDemo } from '../scripts/demo/play.ts';
import { changeByNumber } from '../src/db/changes.ts';
import { eventsOf, verify } from '../src/db/ledger.ts';
import { LOOKED_BACK, NORMAL, NORMAL_CHECKLIST, NORMAL_TESTS, SUCCESS } from './slack/answers.ts';
import { carried, fills, toVerify, windTo, windToMorning } from './slack/carrying-out.ts';
import { openDocket, START } from './slack/open-docket.ts';
import { alter, approves, asked, files, headline, history, recordOf, says, told } from './slack/steps.ts';

const HOUR = 3_600_000;
const SECURITY_RELATED = { ...NORMAL, Implementer: 'maya', 'Reviews that apply': ['Security review'] };
const BOARD = 'Change Advisory Board';
/** Nine in Berlin, of the week after. */
const MONDAY = Date.UTC(2026, 10, 30, 8);

it('takes one change from /change new to the weekly report', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const [tomas, amira, wei] = [slack.as('tomas'), slack.as('amira'), slack.as('wei')];
  const [lucia, grace] = [slack.as('lucia'), slack.as('grace')];
  const maya = slack.as('maya');

  // Dana files it, and #changes has its one message.
  const number = await files(dana, 'normal', SECURITY_RELATED);
  expect(number).toBe('CR-2026-001');
  const top = await headline(dana, number);
  expect(dana.read(top)).toContain('Validation: waiting for @Nadia Rossi');

  // Nadia validates: she has a question, and sends it back until it is answered.
  const first = await asked(nadia, 'Validation');
  expect(nadia.read(first)).toContain('Booking is read-only for five minutes.');
  await says(nadia, first, 'Return…', 'Which hour on Sunday has the fewest bookings?');
  const returned = await told(dana, 'Which hour on Sunday has the fewest bookings?');
  await dana.press(returned, 'Edit and resubmit…');
  const form = await dana.opened(`Edit ${number}`);
  await alter(dana, form, {
    'Business impact': 'No new bookings from 4:00 to 4:05, the quietest hour.',
    'Your answer': 'Between four and five in the morning.',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'closed', errors: {} });
  const again = await asked(nadia, 'Validation');
  await nadia.eventually(() => nadia.read(again).includes('the quietest hour'));
  await approves(nadia, 'Validation');

  // Nobody looks for a while; the time for it is over, and Priya hears of it as her next day begins in Pune.
  await asked(priya, 'Technical review');
  await slack.act({ as: dana.person.id, verb: 'windTo', at: START + 20 * HOUR });
  await told(priya, `${number} Move bookings to PostgreSQL 18 was due`);
  await approves(priya, 'Technical review');

  // Where the others are it is six in the morning, and nobody is woken.
  expect(tomas.dms()).toEqual([]);
  await windToMorning(slack, docket);
  await approves(tomas, 'Business review');
  await approves(amira, 'Security review');

  // The board votes before anybody meets: three for, one abstains, and nothing can turn it any more.
  await approves(priya, BOARD);
  await approves(wei, BOARD);
  await lucia.press(await asked(lucia, BOARD), 'Other vote…');
  const ballot = await lucia.opened('Vote');
  await ballot.fill({
    'Your vote': 'Abstain: I am here and take no side',
    'Guidance, or why': 'I wrote half of it.',
  });
  expect(await ballot.submit()).toMatchObject({ outcome: 'closed' });
  const last = await asked(grace, BOARD);
  await grace.eventually(() => grace.read(last).includes('2 for, 0 against, 1 abstained'));
  await approves(grace, BOARD);

  // Dana is told, and everybody sees the same.
  await told(dana, `${number} Move bookings to PostgreSQL 18 is approved`);
  await dana.eventually(() => dana.read(top).includes('✅ Approved'));
  await history(dana, number, `${number} is approved`);
  await amira.eventually(() => amira.dms().every((dm) => !amira.read(dm).includes('[Approve]')));

  // Maya carries it out on Thursday night: its tests, its checklist, step by step in everybody's sight.
  const card = await carried(maya);
  await fills(maya, card, 'Record tests…', { 'Which tests?': NORMAL_TESTS, 'How did they go?': 'Passed' });
  await maya.tick(card, NORMAL_CHECKLIST);
  await windTo(slack, (await changeByNumber(docket.world.db, number))?.proposal.startsAt ?? 0);
  await fills(maya, card, 'Start…', { 'How is it carried out?': 'Blue-green' });
  await maya.eventually(() => maya.read(card).includes('You are carrying this out.'));
  await maya.tick(card, ['Green environment deployed', 'Green environment tested']);
  await dana.eventually(() => dana.read(top).includes('✓ Green environment tested,'));
  await fills(maya, card, 'Finish…', SUCCESS);

  // Priya checks the result, they look back on it in the morning, and it closes; Dana is asked how content she is.
  await fills(priya, await toVerify(priya, { slack, docket }), 'Verify…', {
    Remarks: 'Searches take 0.3 seconds.',
  });
  await fills(dana, await told(dana, number), 'Retrospective…', LOOKED_BACK);
  await dana.eventually(() => dana.read(top).includes('Closed (success)'));
  await windToMorning(slack, docket);
  await dana.press(await told(dana, 'do what you needed?'), '4 Well');

  // On Monday morning #changes has the week.
  await windTo(slack, MONDAY);
  const report = await dana.eventually(() =>
    dana.messages('changes').find((message) => dana.read(message).includes('Weekly change report')),
  );
  const words = dana.read(report ?? expect.fail());
  expect(words).toContain('Successful: 1 (100 %)');
  expect(words).toContain('User satisfaction | 4');

  // The record has all of it, each event linked to the one before.
  const record = await recordOf(docket, number);
  expect(record.filter(({ type }) => type === 'Decided').map(({ by }) => by)).toEqual(
    [nadia, priya, tomas, amira, priya, wei, lucia, grace].map(({ person }) => person.id),
  );
  const { db } = docket.world;
  const rows = await eventsOf(db, (await changeByNumber(db, number))?.id ?? '');
  expect(verify(rows)).toMatchObject({ ok: true, count: record.length });
}, 60_000);

it('plays the demo as it is told', async () => {
  const lines: string[] = [];
  await playDemo({ write: (line) => lines.push(line), colour: false });
  expect(lines.join('\n')).toMatch(/CR-2026-003 +emergency .* approved after 1 h/);
  expect(lines.at(-1)).toContain('Everything went as expected');
}, 60_000);
