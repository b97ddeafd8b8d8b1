import { describe, expect, it } from 'vitest';
import { isCorrected } from '../../src/change/typo.ts';

describe('a correction', () => {
  it.each([
    ['Move the bookigns to PostgreSQL', 'Move the bookings to PostgreSQL'],
    ['Rotate the certificates', 'Rotate the certificate'],
    ['Restart  the\nworkers', 'Restart the workers'],
    ['restart the Workers', 'Restart the workers'],
    ['Replce the chache', 'Replace the cache'],
  ])('is %j to %j', (before, after) => {
    expect(isCorrected(before, after, 3)).toBe(true);
  });

  it.each([
    ['Then enable replication', 'Then disable replication'],
    ['Replication stays on', 'Replication stays off'],
    ['Move it to eu-west', 'Move it to us-west'],
    ['Increase the timeout', 'Decrease the timeout'],
    ['Include the archive', 'Exclude the archive'],
    ['Set it to 1.5 seconds', 'Set it to 15 seconds'],
    ['Raise it by 5', 'Raise it by -5'],
    ['Drop the old table', 'Drop the table'],
    ['Do not drop it', 'Do now drop it'],
    ['Stop: api, web', 'Stop api: web'],
    ['Refuse dated keys', 'Refuse rated keys'],
    ['Set the timeout to 10', 'Set the timeout to 10min'],
  ])('is not %j to %j', (before, after) => {
    expect(isCorrected(before, after, 3)).toBe(false);
  });

  it('has as many letters at most as the policy says', () => {
    expect(isCorrected('Replce the chache', 'Replace the cache', 1)).toBe(false);
    expect(isCorrected('Replace the cache', 'Replace the cache', 0)).toBe(true);
  });
});
