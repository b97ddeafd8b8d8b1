import { decide } from '../change/decide.ts';
import { effects } from '../change/effects.ts';
import { evolve } from '../change/evolve.ts';
import type { Facts } from '../change/facts.ts';
import { searchWords } from '../change/search-words.ts';
import type { Actor, Change, ChangeEvent, Intent } from '../change/types.ts';
import { changeRows } from '../db/change-rows.ts';
import { loadChange } from '../db/changes.ts';
import { deleteDraft } from '../db/drafts.ts';
import { saveSearch } from '../db/search.ts';
import { offered } from './catalogue.ts';
import { loadFacts } from './facts.ts';
import { give, type Kind } from './kind.ts';
import type { World } from './world.ts';

const CHANGE: Kind<Change, ChangeEvent, Intent, Facts> = {
  load: ({ db }, id) => loadChange(db, id),
  async facts(world, command) {
    if (command.type !== 'Submit') return loadFacts(world);
    const facts = await loadFacts(world, command.at);
    const template = command.template && (await offered(world, command.template.id));
    return { ...facts, ...(template && { template }) };
  },
  decide,
  evolve,
  effects,
  save:
    ({ db, policy }, { state, head }, events) =>
    (q) => [
      ...changeRows(q, db.t, { state, head }, events),
      ...(events.every(({ type }) => UNSEARCHED.has(type))
        ? []
        : [saveSearch(q, db.t, state, searchWords(state, policy))]),
      // With what it had to say saved, a draft has nothing left to say.
      ...(events.some(saysIt) ? [deleteDraft(q, db.t, state.id, state.requester)] : []),
    ],
  refused: (change, { type: command, by, at }, { code, sentence, forbidden }) =>
    forbidden && change ? [{ type: 'Refused', by, at, command, code, sentence }] : [],
};

/** What is said and ticked on the way alters nothing by which a change is found; to index it anew takes a while. */
const UNSEARCHED: ReadonlySet<ChangeEvent['type']> = new Set<ChangeEvent['type']>([
  ...(['QuestionAsked', 'QuestionAnswered', 'Refused', 'Reminded', 'Reassigned', 'CriteriaChecked'] as const),
  ...(['StagePassed', 'TestsRecorded', 'Prepared', 'StepsDone', 'Noted'] as const),
]);
const saysIt = ({ type }: ChangeEvent) => type === 'Submitted' || type === 'Edited' || type === 'Resubmitted';

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
  const { state, added } = await (intent.type === 'Submit' ? world.submitInTurn(given) : given());
  if (!state) throw new Error(`${intent.type} left ${id} without a submitted change`);
  return { change: state, added };
}
