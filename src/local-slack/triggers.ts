import { newSecret } from './ids.ts';

/** Real milliseconds for which a trigger opens a modal. */
const TRIGGER_LIFE = 3000;

/** Triggers remembered; the oldest of more than these are long dead. */
const REMEMBERED = 1000;

/** Permission to open a modal, given out with each thing a person does. */
export interface Trigger {
  personId: string;
  /** The open modal it came from, if any: only such a trigger can push. */
  viewId?: string;
}

export interface Triggers {
  issue(trigger: Trigger): string;
  /** Uses the trigger up. Gives Slack's error code when it is unknown, three seconds old or already used. */
  exchange(id: string): Trigger | TriggerError;
  /** Makes it as if its three seconds were over. */
  expire(id: string): void;
}

type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

type Entry = Trigger & { diesAt: number; used: boolean };

export function createTriggers(): Triggers {
  const issued = new Map<string, Entry>();
  let count = 0;
  return {
    issue(trigger) {
      count += 1;
      for (const oldest of [...issued.keys()].slice(0, -REMEMBERED)) issued.delete(oldest);
      const id = `${count}.${performance.now().toFixed(0)}.${newSecret()}`;
      issued.set(id, { ...trigger, diesAt: performance.now() + TRIGGER_LIFE, used: false });
      return id;
    },
    exchange(id) {
      const entry = issued.get(id);
      if (!entry) return 'invalid_trigger_id';
      if (entry.used) return 'exchanged_trigger_id';
      if (performance.now() > entry.diesAt) return 'expired_trigger_id';
      entry.used = true;
      return entry;
    },
    expire(id) {
      const entry = issued.get(id);
      if (entry) entry.diesAt = 0;
    },
  };
}
