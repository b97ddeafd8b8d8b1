import { expect, it } from 'vitest';
import { forgetTold, takeMessage } from '../../src/db/told.ts';
import { onBoth } from './both.ts';

onBoth('messages of a day', (open) => {
  it('are so many, each counted once, for everybody and every day anew', async () => {
    const db = await open();
    const take = (id: string, person = 'U1', day = '2026-11-25') =>
      takeMessage(db, { id, person, day, at: Date.parse(day) }, 2);
    expect(await take('a')).toBe(true);
    expect(await take('a')).toBe(true);
    expect(await take('b')).toBe(true);
    expect(await take('c')).toBe(false);
    expect(await take('b')).toBe(true);
    expect(await take('d', 'U2')).toBe(true);
    expect(await take('c', 'U1', '2026-11-26')).toBe(true);
    await forgetTold(db, Date.parse('2026-11-26'));
    expect(await take('e')).toBe(true);
  });
});
