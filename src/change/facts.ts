import type { WindowContext } from '../calendar/windows.ts';
import type { Policy } from '../policy/schema.ts';
import type { Offer } from './from-template.ts';
import type { Holders } from './holders.ts';
import type { Planned } from './planned.ts';

/** What the rules need from outside one change. It is loaded before they are asked. */
export interface Facts {
  policy: Policy;
  holders: Holders;
  /** The number that a change submitted now would get. */
  nextNumber: string;
  /** The template that a submission names, as it is offered now. */
  template?: Offer;
  /** Whoever the text has carry it out cannot use Docket: a guest, a bot, somebody who has left. */
  implementerIsOutside?: boolean;
  /** The declared freezes, and the windows that others hold, around those that the command is about. */
  calendar: Pick<WindowContext<Planned>, 'freezes' | 'scheduled'>;
}
