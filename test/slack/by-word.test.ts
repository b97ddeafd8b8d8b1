import { expect, it } from 'vitest';
import { DANA, MAYA, NADIA } from '../change/company.ts';
import { recordsTests } from '../change/steps.ts';
import { does, ready } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { answered } from './spoken.ts';
import { approves, asked, edits, filed, recorded } from './steps.ts';

it('shows the whole case to who says approve, and decides on that and nothing newer', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  const shown = await answered(nadia, () => nadia.command(`/change approve ${number}`), 'what you would');
  expect(nadia.read(shown)).toContain('Searches of the last year take 4 seconds.');
  await edits(dana, number, { Description: 'Drop the table instead, all of it, at once.' });
  await answered(nadia, () => nadia.press(shown, 'Approve'), 'has changed since this was shown');
  expect(await recorded(docket, number, 'Decided')).toEqual([]);
  const again = await answered(nadia, () => nadia.command('/change approve 1'), 'Drop the table instead');
  await answered(nadia, () => nadia.press(again, 'Approve'), '✅ You approved');
  expect(await recorded(docket, number, 'Decided')).toMatchObject([{ by: NADIA }]);
});

it('opens the form of a decision with the case in it and the words said, and binds it to that', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  await nadia.command(`/change reject ${number} Not in this quarter`);
  const form = await nadia.opened('Reject');
  expect(form.text()).toContain('Searches of the last year take 4 seconds.');
  expect(form.value('Why?')).toBe('Not in this quarter');
  await edits(dana, number, { Description: 'Drop the table instead, all of it, at once.' });
  expect((await form.submit()).outcome).not.toBe('closed');
  expect(await recorded(docket, number, 'Decided')).toEqual([]);
  await form.close();
  await nadia.command(`/change ask ${number} Who is on call?`);
  const ask = await nadia.opened('Ask');
  expect(await ask.submit()).toMatchObject({ outcome: 'closed' });
  await dana.command(`/change answer ${number}`);
  expect((await dana.opened('Answer')).text()).toContain('Who is on call?');
});

it('has a word for every step of carrying a change out', async () => {
  const { slack, docket } = await openDocket();
  const [maya, sam] = [slack.as('maya'), slack.as('sam')];
  const change = await ready(slack, docket, MAYA);
  const { number } = change;
  const list = await answered(maya, () => maya.command(`/change checklist ${number}`), 'Before the start');
  expect(maya.read(list)).toContain('☑ Backup procedures verified');
  await maya.command(`/change start ${number}`);
  const start = await maya.opened('Start');
  await start.fill({ 'How is it carried out?': 'Canary' });
  expect(await start.submit()).toMatchObject({ outcome: 'closed' });
  const steps = await answered(maya, () => maya.command(`/change steps ${number}`), 'Canary deployed');
  await maya.tick(steps, ['Canary deployed']);
  expect(await recorded(docket, number, 'StepsDone')).toHaveLength(1);
  for (const [word, title] of [
    ['tests', 'Record tests'],
    ['note', 'Note'],
    ['finish', 'Finish'],
    ['rollback', 'Roll back'],
  ] as const) {
    await maya.command(`/change ${word} ${number}`);
    await (await maya.opened(title)).close();
  }
  const no = await answered(sam, () => sam.command(`/change finish ${number} done`), number);
  expect(sam.read(no)).toContain('carries CR-2026-001 out');
});

it('says what still stands in the way of a start, with the change below', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  const change = await filed(docket, DANA, 'standard');
  const early = await answered(dana, () => dana.command(`/change start ${change.number}`), change.number);
  expect(dana.read(early)).not.toContain('[Start…]');
  expect(await recorded(docket, change.number, 'Refused')).toMatchObject([
    { by: DANA, command: 'Start', code: 'not approved', via: 'command' },
  ]);
  await jonas.press(await asked(jonas), 'Approve');
  await does(docket, change, recordsTests(DANA));
  const soon = await answered(dana, () => dana.command(`/change start ${change.number}`), 'tick these first');
  expect(dana.read(soon)).toContain('[Start…]');
});

it('chooses in the form what the word says, for each vote that is not an approval', async () => {
  const { slack, docket } = await openDocket();
  const [grace, sam] = [slack.as('grace'), slack.as('sam')];
  const { number } = await filed(docket, DANA, 'normal');
  for (const name of ['nadia', 'priya', 'tomas']) await approves(slack.as(name));
  await asked(grace, 'Change Advisory Board');
  for (const [word, choice] of [
    ['abstain', 'Abstain: I am here and take no side'],
    ['defer', 'Defer to a later day'],
    ['recuse', 'Stand aside: I have an interest in it'],
  ] as const) {
    await grace.command(`/change ${word} ${number} My team sells it`);
    const form = await grace.opened('Vote');
    expect(form.value('Your vote')).toMatchObject({ text: { text: choice } });
    expect(form.value('Guidance, or why')).toBe('My team sells it');
    if (word === 'recuse') expect(await form.submit()).toMatchObject({ outcome: 'closed' });
    else await form.close();
  }
  expect(await recorded(docket, number, 'Decided')).toContainEqual(
    expect.objectContaining({ verdict: 'recuse', words: 'My team sells it' }),
  );
  const no = await answered(sam, () => sam.command(`/change defer ${number} later`), number);
  expect(sam.read(no)).not.toContain('[Other vote…]');
});

it('says that there is no freeze to let a change into', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'normal');
  await answered(
    nadia,
    () => nadia.command(`/change exempt ${number} It is small`),
    'No soft freeze holds it',
  );
  expect(await recorded(docket, number, 'Exempted')).toEqual([]);
});

it('says who may and when, and opens no form in which whatever is typed would be refused', async () => {
  const { slack, docket } = await openDocket();
  const [dana, sam] = [slack.as('dana'), slack.as('sam')];
  const { number } = await filed(docket, DANA, 'normal');
  const says = (hand: typeof dana, word: string, sentence: string) =>
    answered(hand, () => hand.command(`/change ${word}`), sentence);
  await says(sam, `reassign ${number}`, `Only the change manager can reassign ${number}.`);
  await says(sam, `tests ${number}`, `Only @Dana Okafor can record tests of ${number}.`);
  await says(sam, `schedule ${number}`, 'Only @Dana Okafor and the change manager can move the window');
  await says(dana, `schedule ${number}`, 'is validating now; an edit of it can move its window.');
  expect([...sam.snapshot().modals, ...dana.snapshot().modals]).toEqual([]);
  await dana.command(`/change edit ${number} please`);
  await dana.opened(`Edit ${number}`);
});
