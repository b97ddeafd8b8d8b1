import { pino } from 'pino';
import { expect, it } from 'vitest';
import { boltLogger } from '../../src/slack/wire/logger.ts';

it('says what Bolt says, and no token in it', () => {
  const lines: string[] = [];
  const logger = boltLogger(pino({}, { write: (line: string) => void lines.push(line) }));
  logger.warn(
    'could not connect with',
    'xapp-1-A0123-456-abc_def',
    new Error('Bearer xoxb-12-34-secret: refused'),
  );
  expect(lines.join()).toContain('could not connect with [token]');
  expect(lines.join()).toContain('Bearer [token]: refused');
  expect(lines.join()).not.toMatch(/secret|abc_def/);
});
