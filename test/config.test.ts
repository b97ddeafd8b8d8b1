import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1-secret' };
const APP = { SLACK_APP_TOKEN: 'xapp-1-secret' };

it('runs without a single variable: a file, a local Slack, any free port', () => {
  expect(readConfig({})).toEqual({
    ...{ databaseUrl: 'file:./data/docket.db', port: 0, localSlackPort: 4000, logLevel: 'info' },
    backups: { folder: resolve('data/backups'), keepDays: 14 },
  });
});

it('reaches a real Slack by Socket Mode with two tokens, else by signed HTTP', () => {
  expect(readConfig({ ...BOT, ...APP })).toMatchObject({
    port: 3000,
    slack: { botToken: BOT.SLACK_BOT_TOKEN, how: { appToken: APP.SLACK_APP_TOKEN } },
  });
  const signed = readConfig({ ...BOT, SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://slack.test/api' });
  expect(signed.slack).toEqual({
    ...{ botToken: BOT.SLACK_BOT_TOKEN, how: { signingSecret: 's' }, apiUrl: 'http://slack.test/api/' },
    postEvery: 1000,
  });
  expect(readConfig({ ...BOT, ...APP, SLACK_POST_EVERY_MS: '250' }).slack?.postEvery).toBe(250);
  expect(readConfig({ ...BOT, ...APP, SLACK_SIGNING_SECRET: 's' }).slack?.how).toEqual({
    appToken: APP.SLACK_APP_TOKEN,
  });
});

it('takes an empty variable for one that is not set', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: '', DATABASE_URL: '', PORT: '' })).toEqual(readConfig({}));
});

it('keeps backups beside the SQLite file, elsewhere, for longer or not at all; of PostgreSQL none', () => {
  const backups = (variables: NodeJS.ProcessEnv) => readConfig(variables).backups;
  expect(backups({ DATABASE_URL: 'file:/var/docket/a.db' })).toEqual({
    ...{ folder: '/var/docket/backups', keepDays: 14 },
  });
  expect(backups({ BACKUP_FOLDER: '/mnt/safe', BACKUP_KEEP_DAYS: '90' })).toEqual({
    ...{ folder: '/mnt/safe', keepDays: 90 },
  });
  expect(backups({ BACKUP_KEEP_DAYS: '0' })).toBeUndefined();
  expect(backups({ DATABASE_URL: 'postgres://docket@db/docket' })).toBeUndefined();
});

it('never starts a local Slack in production', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/^SLACK_BOT_TOKEN is missing\. In production/);
  expect(readConfig({ NODE_ENV: 'production', ...BOT, ...APP }).slack).toBeDefined();
});

it.each([
  [{ DATABASE_URL: 'mysql://root:hunter2@db' }, 'DATABASE_URL must begin with file: or postgres://.'],
  [{ DATABASE_URL: 'file:' }, 'DATABASE_URL must begin with file: or postgres://.'],
  [{ SLACK_BOT_TOKEN: 'hunter2', ...APP }, 'SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-.'],
  [
    { ...BOT, SLACK_APP_TOKEN: 'hunter2' },
    'SLACK_APP_TOKEN must be an app-level token, which begins with xapp-.',
  ],
  [BOT, 'SLACK_BOT_TOKEN is set, but Slack is only reached with'],
  [APP, 'SLACK_APP_TOKEN is set, but Slack is only reached with'],
  [{ SLACK_SIGNING_SECRET: 'hunter2' }, 'SLACK_SIGNING_SECRET is set, but Slack is only reached with'],
  [{ PORT: 'http' }, 'PORT must be a port, a number from 0 to 65535.'],
  [{ PORT: '-1' }, 'PORT must be a port, a number from 0 to 65535.'],
  [{ LOCAL_SLACK_PORT: '65536' }, 'LOCAL_SLACK_PORT must be a port, a number from 0 to 65535.'],
  [{ SLACK_API_URL: 'slack' }, 'SLACK_API_URL must be a web address, for example https://slack.com/api/.'],
  [
    { BACKUP_KEEP_DAYS: 'ever' },
    'BACKUP_KEEP_DAYS must be a number of days; 0 means that no backup is made.',
  ],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be debug, info, warn, error or silent.'],
])('refuses %o with a sentence that names the variable and not its value', (variables, sentence) => {
  const read = () => readConfig(variables);
  expect(read).toThrow(sentence);
  expect(read).not.toThrow(/hunter2|secret/);
});

it('names every mistake, a line each', () => {
  expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/^PORT .*\.\nLOG_LEVEL .*\.$/);
});
