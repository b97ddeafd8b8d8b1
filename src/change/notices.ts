import type { Instant, PersonId } from './types.ts';

/** What somebody is told: that they are asked to decide; that it is to be, starts, has ended or is not to be after all. */
export type NoticeOf = 'asked' | 'planned' | 'started' | 'ended' | 'called off';

/** How each is called in the record. */
export const NEWS: Record<Exclude<NoticeOf, 'asked'>, string> = {
  planned: 'that it is planned',
  started: 'that it has started',
  ended: 'that it has ended',
  'called off': 'that it is called off',
};

/** What of an effect goes into the record once it has been delivered. */
export interface Told {
  of: NoticeOf;
  /** For which they are asked to decide. */
  stage?: string;
}

/** Who was told what of a change, when and where; or why it never reached them. */
export type Notice = Told & {
  /** A person, or a channel. */
  to: PersonId;
  /** The number of the event that they were told of. */
  event: number;
  /** When Slack took it, or when it was given up. */
  at: Instant;
} & (Place | { failed: string });

/** Where a message stands in Slack. */
export interface Place {
  channel: string;
  ts: string;
}

export type NoticeEvent = { type: 'Notified'; notices: Notice[] };
export type NoticeCommand = { type: 'Notify'; notices: readonly Notice[] };
