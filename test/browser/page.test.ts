import type { App } from '@slack/bolt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { connectBot, openSlack } from '../local-slack/harness.ts';
import { haveChromium, openBrowser, openPage } from './chromium.ts';
import { TEN_PM } from './form.ts';
import { type LittleApp, littleApp } from './little-app.ts';

// A machine without Chromium cannot look; .ci/run installs it.
describe.skipIf(!haveChromium())('the page', () => {
  let slack: LocalSlack;
  let bot: App;
  let app: LittleApp;
  let browser: Browser;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    slack = await openSlack();
    app = littleApp();
    bot = await connectBot(slack, app.write);
  });
  afterAll(async () => {
    await browser.close();
    await bot.stop();
    await slack.close();
  });
  beforeEach(async () => {
    ({ page, troubles } = await openPage(browser, `${slack.url}?as=U02DANA0001&in=C02CHANGES2`));
  });
  afterEach(async () => {
    await page.context().close();
    expect(troubles).toEqual([]);
  });

  const type = async (line: string) => {
    await page.getByLabel('Message #changes').fill(line);
    await page.keyboard.press('Enter');
  };
  const form = () => page.getByRole('dialog', { name: 'Every input' });
  const openForm = async () => {
    await type('/change new');
    await form().waitFor();
  };

  test('opens as the first person, with its style', async () => {
    await page.goto(slack.url);
    await page.getByRole('button', { name: 'You are: Dana Okafor' }).waitFor();
    const side = await page.getByRole('complementary', { name: 'Side bar' }).boundingBox();
    expect(side).toMatchObject({ x: 0, height: 800 });
  });

  test('says who you are, and that the app is there', async () => {
    await page.getByText('App connected').waitFor();
    await page.getByRole('button', { name: 'You are: Dana Okafor' }).waitFor();
    expect(await page.getByRole('complementary', { name: 'First steps' }).textContent()).toContain(
      '/change new',
    );
  });

  test('completes a command, and shows its answer to nobody else', async () => {
    await page.getByLabel('Message #changes').fill('/ch');
    await page.getByRole('option', { name: '/change' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.getByLabel('Message #changes').inputValue()).toBe('/change ');
    await type('/change nonsense');
    await page.getByText('There is no “nonsense”.').waitFor();
    await page.getByText('Only visible to you').waitFor();
    await type('/nothing');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Message #changes').inputValue()).toBe('/nothing');
  });

  test('every input arrives as Slack would send it', async () => {
    await openForm();
    const field = (label: string) => form().getByLabel(label, { exact: false });
    await field('Title').fill('Upgrade');
    await field('Plan').fill('First this.\nThen that.');
    await field('Risk').selectOption('High');
    await form().getByRole('group', { name: 'Tests' }).getByLabel('Unit').check();
    await form().getByRole('group', { name: 'Tests' }).getByLabel('Load').check();
    await form().getByLabel('Payments').check();
    await form().getByLabel('Careful').check();
    await field('Implementer').selectOption('U02DANA0001');
    await form().getByRole('group', { name: 'Tell' }).getByLabel('Find in the list').fill('nadia');
    await form().getByRole('group', { name: 'Tell' }).getByLabel('Nadia Rossi').check();
    await field('Channel').selectOption({ label: '#general' });
    await field('Conversation').selectOption({ label: '#changes' });
    await field('Start').fill('2026-01-15T22:00');
    await field('Day').fill('2026-01-16');
    await field('Time').fill('09:30');
    await field('Minutes').fill('15');
    await field('Mail').fill('dana@example.com');
    await field('Link').fill('https://example.com/1');
    await field('Rollback').fill('Back');
    await form().getByRole('button', { name: 'File it' }).click();
    await form().waitFor({ state: 'detached' });
    const flat = Object.fromEntries(
      Object.entries(app.submitted() ?? {}).map(([id, held]) => [id, held[id]]),
    );
    const text = [{ type: 'text', text: 'Back' }];
    expect(flat).toMatchObject({
      title: { value: 'Upgrade' },
      plan: { value: 'First this.\nThen that.' },
      risk: { selected_option: { value: 'high' } },
      tests: { selected_options: [{ value: 'unit' }, { value: 'load' }] },
      systems: { selected_options: [{ value: 'payments' }] },
      mode: { selected_option: { value: 'careful' } },
      who: { selected_user: 'U02DANA0001' },
      tell: { selected_users: ['U02NADIA013'] },
      channel: { selected_channel: 'C02GENERAL1' },
      talk: { selected_conversation: 'C02CHANGES2' },
      start: { selected_date_time: TEN_PM },
      day: { selected_date: '2026-01-16' },
      time: { selected_time: '09:30' },
      minutes: { value: '15' },
      mail: { value: 'dana@example.com' },
      link: { value: 'https://example.com/1' },
      rollback: { rich_text_value: { elements: [{ elements: text }] } },
    });
  });

  test('what is typed and where the cursor stands outlive a redraw by the app', async () => {
    await openForm();
    await form().getByLabel('Plan').pressSequentially('half a sen');
    await form().getByRole('button', { name: 'Add a field' }).click();
    await form().getByLabel('Title').pressSequentially('Typed while it is redrawn');
    await form().getByText('One more line').waitFor();
    await page.keyboard.type(', and on');
    expect(await form().getByLabel('Title').inputValue()).toBe('Typed while it is redrawn, and on');
    expect(await form().getByLabel('Plan').inputValue()).toBe('half a sen');
    await page.keyboard.press('Escape');
    await form().waitFor({ state: 'detached' });
    expect(
      await page.getByLabel('Message #changes').evaluate((element) => element === document.activeElement),
    ).toBe(true);
  });

  test('a mistake is said beside its field, which gets the focus', async () => {
    await openForm();
    await form().getByRole('button', { name: 'File it' }).click();
    await form().getByRole('alert').waitFor();
    const title = form().getByLabel('Title');
    await title.fill('bad');
    await page.keyboard.press('Enter');
    await form().getByText('Say it in words.').waitFor();
    expect(await title.getAttribute('aria-invalid')).toBe('true');
    expect(await title.evaluate((element) => element === document.activeElement)).toBe(true);
    await title.fill('bad, longer than the forty characters that are allowed');
    await form().getByText('54 of 40 characters').waitFor();
    await form().getByRole('button', { name: 'Cancel' }).click();
    await form().waitFor({ state: 'detached' });
  });

  test('one person files, another is told and approves', async () => {
    await openForm();
    await form().getByLabel('Title').fill('Rotate the keys');
    await page.keyboard.press('Enter');
    await form().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Lucía Moreno has something new' }).waitFor();
    await page.getByRole('button', { name: 'You are: Dana Okafor' }).click();
    await page.getByRole('button', { name: /Lucía Moreno.*unread/ }).click();
    await page.getByRole('button', { name: /Docket/ }).click();
    const asked = page.getByRole('article').filter({ hasText: 'Rotate the keys' });
    await asked.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'Do it' }).click();
    await page.getByText('Approved by @Lucía Moreno').waitFor();
    // The button is gone; the keyboard goes on from its message and not from the top of the page.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE');
    expect(new URL(page.url()).searchParams.get('as')).toBe('U02LUCIA004');
  });

  test('misbehaving is listed until it is cleared', async () => {
    await page.getByRole('button', { name: 'Misbehave' }).click();
    await page.getByLabel('How often').selectOption('The next five times');
    await page.getByRole('button', { name: 'Server error 503' }).click();
    await page.getByText('chat.postMessage: HTTP 503, 5 times').waitFor();
    await page.getByRole('button', { name: 'Behave again' }).click();
    await page.getByText('chat.postMessage: HTTP 503').waitFor({ state: 'detached' });
  });

  test('threads open beside the channel', async () => {
    await type('Is *anybody* deploying?');
    const message = page.getByRole('article').filter({ hasText: 'Is anybody deploying?' });
    await message.hover();
    await message.getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByLabel('Message the thread').fill('Not me');
    await page.keyboard.press('Enter');
    await message.first().getByRole('button', { name: '1 reply' }).waitFor();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Not me').waitFor();
    await thread.getByRole('button', { name: 'Close the thread' }).click();
    await thread.waitFor({ state: 'detached' });
  });

  test('the Home is drawn when it is opened, and the clock can be wound', async () => {
    await page.getByRole('button', { name: 'App Home' }).click();
    await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    await page.getByRole('button', { name: /^Clock/ }).click();
    await page.getByRole('button', { name: 'Next Monday (09:00)' }).click();
    await page.getByRole('heading', { name: /Monday.*09:00/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Next Monday (09:00)');
  });
});
