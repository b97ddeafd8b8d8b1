import { FIELD_IDS, FIELDS, type FieldId } from './fields.ts';
import { choicesFrom, fieldsOf, type Policy } from './schema.ts';
import { assessment, chosen, riskAnswers } from './templates.ts';

type Path = (string | number)[];
type Wrong = [at: Path, why: string];

/** A template fills in only what its category asks for, and only with what the policy has to choose from. */
export function checkTemplates(policy: Policy, complain: (at: Path, message: string) => void): void {
  for (const [name, { category, fields }] of Object.entries(policy.templates))
    for (const field of FIELD_IDS) {
      const value = fields[field];
      if (value === undefined) continue;
      const at = ['templates', name, 'fields', field];
      if (!fieldsOf(policy, category).includes(field)) complain(at, `${category} changes do not ask for it`);
      for (const [path, why] of wrongIn(policy, field, value)) complain([...at, ...path], why);
    }
}

/** What in a value points at nothing, each with its place in it. */
function wrongIn(policy: Policy, field: FieldId, value: unknown): Wrong[] {
  const definition = FIELDS[field];
  switch (definition.kind) {
    case 'choices':
      return unknownIn(chosen.parse(value), choicesFrom(policy, definition.from), []);
    case 'risk':
      return Object.entries(riskAnswers.parse(value)).flatMap(([question, answer]) => {
        const asked = policy.risk.questions[question];
        return asked
          ? unknownIn([answer], asked.answers, [question])
          : [[[question], 'there is no such question']];
      });
    case 'assessment':
      return Object.entries(assessment.parse(value)).flatMap(([group, { affected, note }]): Wrong[] => {
        const known = policy.assessment[group];
        if (!known) return [[[group], 'there is no such group']];
        if (affected.length > 0 && !note) return [[[group], 'say in a note how it is affected']];
        return unknownIn(affected, known.items, [group]);
      });
    default:
      return [];
  }
}

function unknownIn(ids: readonly string[], list: object, at: Path): Wrong[] {
  return ids.filter((each) => !Object.hasOwn(list, each)).map((each) => [at, `there is no ${each}`]);
}
