import fc from 'fast-check';
import type { Facts } from '../../src/change/facts.ts';
import { eligible, openSeats } from '../../src/change/seats.ts';
import { isUnderReview } from '../../src/change/states.ts';
import type { Change, PersonId } from '../../src/change/types.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { CATEGORIES, RISK_LEVELS } from '../../src/policy/schema.ts';
import * as it from '../change/steps.ts';
import { texts } from './limits-extremes.ts';

type Next = (waiting: readonly PersonId[], change: Change) => it.Step | false;

/** What a change manager may do before anybody decides: set the risk, reclassify, ask other people, or nothing. */
export function manages(facts: Facts): fc.Arbitrary<Next[]> {
  const step = fc
    .tuple(fc.nat(2), texts(LONGEST.text), fc.constantFrom(...RISK_LEVELS), fc.constantFrom(...CATEGORIES))
    .map(
      ([n, words, level, category]): Next =>
        (waiting, change) => {
          const by = facts.holders.get(facts.policy.overseer)?.[0]?.person ?? '';
          if (n === 0) return it.setsRisk(waiting[0] ?? by, level, words);
          return n === 1 ? it.reclassifies(by, category, words) : reassigns(by, change, facts, words);
        },
    );
  return fc.array(step, { maxLength: 2 });
}

function reassigns(by: PersonId, change: Change, { holders }: Facts, words: string): it.Step | false {
  const seat = isUnderReview(change) && openSeats(change)[0];
  return seat ? it.reassigns(by, seat.id, eligible(change, seat, holders).slice(-1), words) : false;
}
