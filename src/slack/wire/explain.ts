import { WebAPIPlatformError } from '@slack/web-api';
import type { Window } from '../../change/phases.ts';
import { Refusal } from '../../change/refusal.ts';
import { Busy, InDoubt } from '../../db/errors.ts';
import type { World } from '../../engine/world.ts';
import { span } from '../blocks/format.ts';
import { isTrouble, isViewGone } from './errors.ts';

export interface Explained {
  /** For the person: what is wrong and what to do. */
  sentence: string;
  /** Which field it is about, where that is known. */
  fields: Refusal['fields'];
}

/** A slow answer: the click's right to open a modal has run out. */
const TOO_LATE: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
]);

const NOT_SAVED =
  'That was not saved, because my database is in trouble just now. Please try again in a minute; your admin has the details.';
const IN_DOUBT =
  'I lost my database while it was saving that, so I do not know whether it was saved. Please look in a minute, and do it again only if it is not there; your admin has the details.';

/** Windows that would do, each with both of its ends. */
function offersIn(windows: readonly Window[]): string {
  if (windows.length === 0) return '';
  return `\nThese windows would do:\n${windows.map(({ startsAt, endsAt }) => `• ${span(startsAt, endsAt)}`).join('\n')}`;
}

/**
 * The one place where an error becomes words for a person. Refusals speak for themselves; trouble with the
 * database or with Slack is said plainly; a bug gets a reference number, under which the operator finds the cause.
 */
export function explain(world: World, error: unknown): Explained {
  if (error instanceof Refusal) {
    const offers = offersIn(error.offers);
    const { startsAt, when: typed } = error.fields;
    return {
      sentence: error.sentence + offers,
      fields: {
        ...error.fields,
        // Whoever fills in a start has the same windows below it, each a click away.
        ...(startsAt && offers && { startsAt: `${startsAt} Free windows are below.` }),
        ...(typed && { when: typed + offers }),
      },
    };
  }
  if (error instanceof Busy) {
    world.log.error({ err: error }, 'the database is in trouble');
    return { sentence: error instanceof InDoubt ? IN_DOUBT : NOT_SAVED, fields: {} };
  }
  if (isViewGone(error) || (error instanceof WebAPIPlatformError && TOO_LATE.has(error.data.error))) {
    return { sentence: 'Slack gave me no time to open that window. Please try once more.', fields: {} };
  }
  if (isTrouble(error)) {
    world.log.warn({ err: error }, 'Slack did not do at once what a person asked for');
    return {
      sentence:
        'Slack is in trouble just now and did not do what I asked of it. Please try again in a minute.',
      fields: {},
    };
  }
  const reference = world.newId().slice(0, 8);
  world.log.error({ err: error, reference }, 'a bug: please report it with its stack');
  return {
    sentence: `Something broke on my side and nothing was changed. Please tell your Docket admin this reference: ${reference}`,
    fields: {},
  };
}
