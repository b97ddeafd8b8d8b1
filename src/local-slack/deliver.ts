import type { Clock } from '../clock.ts';
import type { Faults } from './faults.ts';
import { str } from './json.ts';
import type { Triggers } from './triggers.ts';
import type { Ack, Delivery, Wire } from './wire.ts';

/** Milliseconds of the local clock after which Slack repeats an event: almost at once, then 1, then 5 minutes. */
const REPEATS = [0, 60_000, 300_000];

/** Takes deliveries to the bot over a wire, with the faults that have been asked for, and repeats lost events. */
export function createDeliver(parts: {
  wire: Wire;
  clock: Clock;
  faults: Faults;
  triggers: Triggers;
}): (delivery: Delivery) => Promise<Ack> {
  const { wire, clock, faults, triggers } = parts;

  async function repeat(delivery: Delivery, attempt: number, reason: string): Promise<void> {
    const wait = REPEATS[attempt - 1];
    if (wait === undefined) return;
    if (wait > 0) await new Promise<void>((resolve) => clock.alarm(clock.now() + wait, resolve));
    const ack = await wire.send(delivery, { attempt, reason });
    if (!ack.ok) await repeat(delivery, attempt + 1, slackReason(ack.reason));
  }

  return async (delivery) => {
    const met = faults.forDelivery();
    for (const fault of met) {
      if (fault.what === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
      if (fault.what === 'expiredTrigger') triggers.expire(str(delivery.payload.trigger_id));
    }
    const first = wire.send(delivery);
    // Slack heeds one answer to a thing it said twice: the first.
    if (met.some(({ what }) => what === 'duplicate')) void wire.send(delivery);
    const ack = await first;
    if (!ack.ok && delivery.type === 'events_api') void repeat(delivery, 1, slackReason(ack.reason));
    return ack;
  };
}

function slackReason(reason: Extract<Ack, { ok: false }>['reason']): string {
  switch (reason) {
    case 'timeout':
      return 'http_timeout';
    case 'not_connected':
      return 'connection_failed';
    case 'http_error':
      return 'http_error';
    default:
      return reason satisfies never;
  }
}
