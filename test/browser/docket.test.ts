import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STANDARD } from '../slack/answers.ts';
import { openDocket } from '../slack/open-docket.ts';
import { haveChromium, openBrowser, openPage } from './chromium.ts';

/** What a newcomer does in the first two minutes: with eyes and keyboard, by what the page says. */
describe.runIf(haveChromium())('Docket in the browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('files a standard change, becomes a peer, approves it, and sees it approved', async () => {
    const { slack } = await openDocket();
    const { page, troubles } = await openPage(browser, slack.url);

    await page.getByLabel('Message #changes').fill('/change new Rotate the API keys');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'New change' });
    await form.waitFor();
    expect(await form.getByLabel('Title').inputValue()).toBe('Rotate the API keys');
    await fillStandard(page);
    await form.getByText('Low risk').waitFor();
    await form.getByRole('button', { name: 'Submit' }).click();
    const filed = page.getByRole('dialog', { name: 'Filed' });
    await filed.getByText('CR-2026-001 Rotate the API keys').waitFor();
    await filed.getByRole('button', { name: 'Done' }).click();

    await become(page, 'Jonas Weber', 'Software engineer');
    await page.getByRole('button', { name: /Docket/ }).click();
    await page.getByText('Replace the keys of the payment gateway').waitFor();
    await page.getByRole('button', { name: 'Approve CR-2026-001' }).click();
    await page.getByText('nothing more is needed from you here').waitFor();
    expect(await page.getByRole('button', { name: 'Approve CR-2026-001' }).count()).toBe(0);

    await become(page, 'Dana Okafor', 'Software engineer');
    await page.getByRole('button', { name: /Docket/ }).click();
    await page.getByText('CR-2026-001 Rotate the API keys is approved.').first().waitFor();
    expect(troubles).toEqual([]);
  });
});

async function become(page: Page, name: string, title: string): Promise<void> {
  await page.getByRole('button', { name: /^You are:/ }).click();
  await page.getByRole('button', { name: new RegExp(`^${name} ${title}`) }).click();
  await page.getByRole('button', { name: `You are: ${name}` }).waitFor();
}

async function fillStandard(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: 'New change' });
  const { Description, 'Success criteria': criteria, 'Rollback steps': rollback } = STANDARD;
  await form.getByLabel('Description').fill(Description);
  await form.getByLabel('Payments').check();
  for (const question of Object.keys(STANDARD).filter((label) => label.endsWith('?'))) {
    // The questions of the risk are all answered as STANDARD has them: by the text of an option.
    await form
      .getByLabel(question)
      .selectOption({ label: String(STANDARD[question as keyof typeof STANDARD]) });
  }
  await form.getByLabel('Success criteria').fill(criteria);
  await form.getByLabel('Rollback steps').fill(rollback);
  await form.getByLabel('Start').fill('2026-11-26T23:00');
  await form.getByLabel('End').fill('2026-11-27T00:30');
}
