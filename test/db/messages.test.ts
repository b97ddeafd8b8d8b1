import { expect, it } from 'vitest';
import { firstDelivery, forgetDeliveries } from '../../src/db/deliveries.ts';
import { saveMessage, streamAt } from '../../src/db/messages.ts';
import { onBoth } from './both.ts';

onBoth('what people write', (open) => {
  it('is heard once by all replicas together', async () => {
    const db = await open();
    const other = await open(db);
    const answers = await Promise.all([db, other, db, other].map((each) => firstDelivery(each, 'C1/1.1', 5)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await firstDelivery(db, 'C1/1.2', 6)).toBe(true);
    await forgetDeliveries(db, 6);
    expect(await firstDelivery(db, 'C1/1.2', 7)).toBe(false);
    expect(await firstDelivery(db, 'C1/1.1', 7)).toBe(true);
  });

  it('is about the change whose card stands at its place', async () => {
    const db = await open();
    await saveMessage(db, { stream: 'c-1', audience: 'headline', channel: 'C1', ts: '1.1', drawnSeq: 1 });
    expect(await streamAt(db, 'C1', '1.1')).toBe('c-1');
    expect(await streamAt(db, 'C2', '1.1')).toBeUndefined();
    expect(await streamAt(db, 'C1', '1.2')).toBeUndefined();
  });
});
