/**
 * Takes the pictures of the README and the docs from the running product: `npm run pictures`. Needs chromium and a font
 * with emoji (`apt-get install chromium fonts-noto-color-emoji`); without it they are empty boxes.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { machineClock, windableClock } from '../src/clock.ts';
import { setUpOnce } from '../src/engine/setup.ts';
import { LOCAL_ROLES } from '../src/local-roles.ts';
import { TRIXTECH } from '../src/local-slack/company.ts';
import { startLocalSlack } from '../src/local-slack/server.ts';
import { parsePolicy } from '../src/policy/load.ts';
import { projectFile } from '../src/project-file.ts';
import { startDocket } from '../src/start.ts';
import { openBrowser } from '../test/browser/chromium.ts';
import { NORMAL, STANDARD, START } from '../test/slack/answers.ts';
import { typed } from '../test/slack/steps.ts';
import { month } from './pictures/month.ts';

const FOLDER = projectFile('docs/pictures');
const folder = await mkdtemp(join(tmpdir(), 'docket-pictures-'));
const base = machineClock(() => Date.now());
const clock = windableClock(base, START - base.now());
const slack = await startLocalSlack({
  clock,
  manifest: await readFile(projectFile('manifest.yml'), 'utf8'),
  company: TRIXTECH,
  delivery: { mode: 'socket' },
});
const docket = await startDocket({
  databaseUrl: `file:${join(folder, 'docket.db')}`,
  policy: parsePolicy(await readFile(projectFile('src/policy/guide.yml'), 'utf8'), 'guide.yml'),
  clock,
  newId: randomUUID,
  log: pino({ level: 'warn' }),
  port: 0,
  slack: { botToken: slack.botToken, how: { appToken: slack.appToken }, apiUrl: slack.apiUrl },
});
await setUpOnce(docket.world, { roles: LOCAL_ROLES });
const browser = await openBrowser();

try {
  await play();
} finally {
  await browser.close();
  await docket.stop();
  await slack.close();
  await rm(folder, { recursive: true, force: true });
}

/** Files a standard and a normal change, and looks at them over people's shoulders. */
async function play(): Promise<void> {
  const [dana, jonas, nadia, priya] = [
    slack.as('dana'),
    slack.as('jonas'),
    slack.as('nadia'),
    slack.as('priya'),
  ];
  const form = await typed(dana, 'normal', NORMAL);
  await take('form', dana.person.id, (page) => page.getByRole('dialog').waitFor());
  await form.submit();
  await dana.modal().close();

  await dana.command('/change new', { in: 'changes' });
  const second = await dana.opened('New change');
  await second.fill(STANDARD);
  await second.submit();
  await dana.modal().close();
  await jonas.press((await jonas.eventually(() => jonas.dms()))[0] ?? nothing(), 'Approve');
  await nadia.press((await nadia.eventually(() => nadia.dms()))[0] ?? nothing(), 'Approve');
  await priya.eventually(() => priya.dms());
  await docket.delivery.idle();

  await take('approve', priya.person.id, async (page) => {
    await page
      .getByRole('link', { name: /Docket/ })
      .or(page.getByRole('button', { name: /Docket/ }))
      .first()
      .click();
    // From its top: whoever has read enough decides there.
    await page
      .getByRole('button', { name: 'Approve' })
      .first()
      .evaluate((button) => button.closest('article')?.scrollIntoView({ block: 'start' }));
  });
  await take('changes', dana.person.id, async (page) => {
    await page
      .getByRole('button', { name: /changes/ })
      .or(page.getByRole('link', { name: /changes/ }))
      .first()
      .click();
    await page
      .getByText(/repl(y|ies)/)
      .first()
      .click();
  });
  await take('carry-out', dana.person.id, async (page) => {
    await page
      .getByRole('button', { name: /Docket/ })
      .first()
      .click();
    await page.getByText('Yours to carry out').last().waitFor();
  });
  await take('home', dana.person.id, (page) => page.getByText('App Home').click());

  await month(slack, docket);
  await docket.delivery.idle();
  await take('report', nadia.person.id, (page) =>
    page
      .getByText('Weekly change report')
      .last()
      .evaluate((heading) => heading.scrollIntoView({ block: 'start' })),
  );
}

async function take(name: string, person: string, show: (page: Page) => Promise<unknown>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(() => localStorage.setItem('local-slack-welcome-seen', 'yes'));
  await page.goto(`${slack.url}?as=${person}`);
  await show(page);
  await page.waitForTimeout(700); // for what scrolls and fades
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.close();
  process.stdout.write(`${name}.png\n`);
}

function nothing(): never {
  throw new Error('the message to press is not there');
}
