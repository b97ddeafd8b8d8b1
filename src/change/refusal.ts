import type { Wanted } from '../calendar/windows.ts';
import type { FieldId } from '../policy/fields.ts';
import type { AssessmentSpot } from './assessment.ts';
import type { Window } from './phases.ts';
import type { RiskSpot } from './risk.ts';

/**
 * Why a step was refused. Those in `FORBIDDEN` are attempts at what a person may not do and are kept in the
 * change's record; the others are mistakes that anyone makes.
 */
export type RefusalCode =
  | 'incomplete' // fields are missing or wrong; `fields` says which
  | 'not qualified' // the category's criteria are not met, or the peer it names cannot review it
  | 'nobody to ask' // a role on the route has no one in it
  | 'own change' // the requester tried to decide
  | 'not your role' // the person holds no role that the open stage asks for
  | 'seat taken' // somebody else has filled it, or this person has filled another
  | 'needed elsewhere' // taking this seat would leave a later one that only they can fill
  | 'not the requester' // only the requester may edit, answer or withdraw
  | 'not the implementer' // only who carries it out may do this
  | 'not approved' // it was to be started without an approval that stands
  | 'not ready' // tests, the checklist or the window stand in the way of the start
  | 'not then' // the rules of time forbid the window
  | 'not now' // the change is not in a state in which this can be done
  | 'stale' // it was decided on a text that has changed since
  | 'nothing changed'
  | 'unknown'; // there is no such change, stage or question

const FORBIDDEN: ReadonlySet<RefusalCode> = new Set([
  'own change',
  'not your role',
  'seat taken',
  'needed elsewhere',
  'not the requester',
  'not the implementer',
  'not approved',
  'not ready',
  'stale',
]);

/** A field of a form: of the template, or of one of the small forms. */
type FormField =
  | FieldId
  | AssessmentSpot
  | RiskSpot
  | (
      | 'category'
      | 'when'
      | 'words'
      | 'level'
      | 'people'
      | 'review'
      | 'evaluation'
      | 'causes'
      | 'wentWell'
      | 'toImprove'
      | 'findings'
      | ('name' | 'use' | 'varies')
      | 'until'
      | 'environment'
    )
  | `action.${number}`;

/** The rules' "no": a code for programs and one plain sentence, with the next step, for the person. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly sentence: string;
  /** What is wrong with which field, to be shown beside it. */
  readonly fields: Partial<Record<FormField, string>>;
  /** The window that was refused, so that others can be offered. */
  readonly wanted: Wanted | undefined;
  /** Windows that would do instead. */
  readonly offers: readonly Window[];

  constructor(
    code: RefusalCode,
    sentence: string,
    fields: Refusal['fields'] = {},
    wanted?: Wanted,
    offers: readonly Window[] = [],
  ) {
    // Rules are asked hundreds of times for one card, and most of the answers are a no. Nobody reads where in the
    // code it was said, and to note that down takes most of the time of an answer.
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(sentence);
    Error.stackTraceLimit = depth;
    this.name = 'Refusal';
    this.code = code;
    this.sentence = sentence;
    this.fields = fields;
    this.wanted = wanted;
    this.offers = offers;
  }

  /** The same, with windows that would do. */
  offering(windows: readonly Window[]): Refusal {
    return new Refusal(this.code, this.sentence, this.fields, this.wanted, windows);
  }

  /** Whether it was an attempt at something forbidden, which belongs in the record. */
  get forbidden(): boolean {
    return FORBIDDEN.has(this.code);
  }
}

/**
 * People's words inside one of our sentences, which is shown as markup in a message and as it is beside a field: nothing
 * in them can become a link or a mention.
 */
export function quoted(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}

/** Words are missing where they are needed; it is said beside them. */
export function wordless(sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { words: sentence });
}

/** People within a sentence, so that whoever is refused knows whom to ask. */
export function oneOf(people: readonly string[]): string {
  return people.map((person) => `<@${person}>`).join(' or ');
}
