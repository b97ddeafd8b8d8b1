import * as z from 'zod';
import { Refusal } from '../../change/refusal.ts';

/** Action ids of what is done with a meeting. */
export const MEETING = {
  ...{ open: 'meeting-open', addItem: 'meeting-add', arrange: 'meeting-arrange', callOff: 'meeting-off' },
  ...{ openItem: 'meeting-item', next: 'meeting-next', attend: 'meeting-here', remark: 'meeting-note' },
  ...{ addAction: 'meeting-action', close: 'meeting-close', minutes: 'meeting-minutes' },
  minutesFile: 'meeting-minutes-file',
  goTo: 'meeting-go-to',
} as const;

const target = z
  .string()
  .regex(/^meeting\/[\w-]{1,80}(\|[\w-]{1,80})?$/)
  .transform((value) => {
    const [id = '', item] = value.split('|');
    return { id, ...(item !== undefined && { item }) };
  });

/** The meeting that a button is on, and the item, if it is about one. @throws {Refusal} for anything else */
export function readMeeting(value: unknown): { id: string; item?: string } {
  const parsed = target.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change cab`.');
}
