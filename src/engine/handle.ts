import type { Interval } from '../calendar/interval.ts';
import { decide } from '../change/decide.ts';
import { effects } from '../change/effects.ts';
import { evolve } from '../change/evolve.ts';
import { implementerOf } from '../change/execution-plan.ts';
import type { Facts } from '../change/facts.ts';
import { searchWords } from '../change/search-words.ts';
import type { Actor, Change, ChangeEvent, Command, Intent, PersonId } from '../change/types.ts';
import { changeRows } from '../db/change-rows.ts';
import { loadChange } from '../db/changes.ts';
import { calendarTail, claim } from '../db/claims.ts';
import { deleteDraft } from '../db/drafts.ts';
import { NOTHING_YET, type Tail } from '../db/ledger.ts';
import { findPerson, type PersonRow } from '../db/people.ts';
import { saveSearch } from '../db/search.ts';
import { calendarOf } from './calendar.ts';
import { offered } from './catalogue.ts';
import { loadFacts } from './facts.ts';
import { give, type Kind, NotLookedUp } from './kind.ts';
import { isMember } from './member.ts';
import { offering, timesAbout } from './windows.ts';
import type { World } from './world.ts';

/** With where the calendar ended when they were looked up. */
type CalendarFacts = Facts & { tail: Tail };

const CHANGE: Kind<Change, ChangeEvent, Intent, CalendarFacts> = {
  load: ({ db }, id) => loadChange(db, id),
  async facts(world, command, change) {
    const submission = command.type === 'Submit' ? { submission: command.at } : {};
    const template =
      command.type === 'Submit' && command.template && (await offered(world, command.template.id));
    const [facts, implementer] = await Promise.all([
      loadFacts(world, submission),
      implementerIn(world, command, change),
    ]);
    return {
      ...{ ...facts, calendar: NOT_LOOKED_UP, tail: NOTHING_YET },
      ...(template && { template }),
      ...(implementer && !isMember(implementer) && { implementerIsOutside: true }),
    };
  },
  async allFacts(world, command, change, facts) {
    // Before the windows: what is put there in between then makes this one decide again.
    const tail = await calendarTail(world.db);
    return { ...facts, tail, calendar: await calendarOf(world, timesAsked(command, change)) };
  },
  decide,
  evolve,
  effects,
  save:
    ({ db, policy }, { state, head }, events, { tail }, before) =>
    (q) => [
      ...changeRows(q, db.t, { state, head }, events, before),
      ...(events.every(({ type }) => UNSEARCHED.has(type))
        ? []
        : [saveSearch(q, db.t, state, searchWords(state, policy))]),
      ...claim(
        q,
        db.t,
        tail,
        events.filter(takesPlace).map((event) => taken(state.id, event)),
      ),
      // With what it had to say saved, a draft has nothing left to say.
      ...(events.some(saysIt) ? [deleteDraft(q, db.t, state.id, state.requester)] : []),
    ],
  refused: (change, { type: command, by, at }, { code, sentence, forbidden }) =>
    forbidden && change ? [{ type: 'Refused', by, at, command, code, sentence }] : [],
};

/** Whom a text has carry it out, or the change once people have come or gone, if Slack has told of them. */
async function implementerIn(
  { db }: World,
  command: Command,
  change: Change | undefined,
): Promise<PersonRow | undefined> {
  const named = implementerAsked(command, change);
  return named === undefined ? undefined : findPerson(db, named);
}

function implementerAsked(command: Command, change: Change | undefined): PersonId | undefined {
  if ('proposal' in command) return command.proposal.implementer;
  if (command.type === 'HandOver') return command.to;
  return command.type === 'AskAgain' && change ? implementerOf(change) : undefined;
}

/** Half of what a click reads is the calendar, and most commands have no need of it. */
const asked = new NotLookedUp();
const NOT_LOOKED_UP: Facts['calendar'] = {
  get freezes(): never {
    throw asked;
  },
  get scheduled(): never {
    throw asked;
  },
};

/** What is said and ticked on the way alters nothing by which a change is found; to index it anew takes a while. */
export const UNSEARCHED: ReadonlySet<ChangeEvent['type']> = new Set<ChangeEvent['type']>([
  ...(['QuestionAsked', 'QuestionAnswered', 'Refused', 'Reminded', 'Reassigned', 'CriteriaChecked'] as const),
  ...(['StagePassed', 'TestsRecorded', 'Prepared', 'StepsDone', 'Noted', 'Notified'] as const),
]);
const saysIt = ({ type }: ChangeEvent) => type === 'Submitted' || type === 'Edited' || type === 'Resubmitted';

type TakesPlace = ChangeEvent & { type: 'Scheduled' };
const takesPlace = (event: ChangeEvent): event is TakesPlace => event.type === 'Scheduled';

function taken(change: string, { by, at, startsAt, endsAt }: TakesPlace) {
  return { type: 'WindowTaken', actor: by, at, data: { change, startsAt, endsAt } };
}

/** The times about which a command asks: now, the window that the change has, and the one that it would get. */
function timesAsked(command: Command, change: Change | undefined): Interval[] {
  const wanted = 'proposal' in command ? command.proposal : command.type === 'Schedule' ? command : {};
  return timesAbout(command.at, change?.proposal ?? {}, wanted);
}

/**
 * The one way in which a change changes: somebody gives it a command.
 * @param id the change's opaque id
 * @returns the change as it then is, and how many events were added (0 when it was done already)
 * @throws {Refusal} with a sentence for the person; a forbidden attempt has then been added to the record
 * @throws {Busy} when nothing could be saved
 */
export async function handle(
  world: World,
  id: string,
  intent: Intent,
  by: Actor,
): Promise<{ change: Change; added: number }> {
  const given = () => give(world, CHANGE, id, intent, by);
  const { state, added } = await offering(world, () =>
    intent.type === 'Submit' ? world.submitInTurn(given) : given(),
  );
  if (!state) throw new Error(`${intent.type} left ${id} without a submitted change`);
  return { change: state, added };
}
