import type { InputBlock, KnownBlock } from '@slack/types';
import type { Measured } from '../../change/execution.ts';
import type { Change } from '../../change/types.ts';
import { LONGEST } from '../../policy/fields.ts';
import { context } from '../blocks/blocks.ts';
import { cut } from '../blocks/format.ts';
import { label, wordsInput } from '../blocks/inputs.ts';
import { parseWords, type StateValues } from '../blocks/parse-form.ts';

const IMPACTS = { user: 'User impact', system: 'System impact', business: 'Business impact' } as const;

/** What the report asks of who checks the result: metrics before and after, and the impact that there was. */
export function measuredInputs({ execution }: Change): KnownBlock[] {
  const metrics = execution.metrics.flatMap(({ id, title }) => [
    line(`metrics.${id}.before`, `${title} before`),
    line(`metrics.${id}.after`, `${title} after`),
  ]);
  const impacts = Object.entries(IMPACTS).map(([id, title]) =>
    wordsInput(`impact.${id}`, `${title}, where it was not as expected`, true),
  );
  return [...metrics, ...impacts, context('What you leave empty was not measured, or was as expected.')];
}

/** What was written into these. */
export function parseMeasured(values: StateValues): Measured {
  const impact = Object.keys(IMPACTS).flatMap((id) => written(values, `impact.${id}`, id));
  const ids = new Set(
    Object.keys(values).flatMap((block) => /^metrics\.(.+)\.(?:before|after)$/.exec(block)?.[1] ?? []),
  );
  const metrics = [...ids].map((id) => [
    id,
    Object.fromEntries(['before', 'after'].flatMap((when) => written(values, `metrics.${id}.${when}`, when))),
  ]);
  return { metrics: Object.fromEntries(metrics), impact: Object.fromEntries(impact) };
}

function written(values: StateValues, block: string, key: string): [string, string][] {
  const words = parseWords(values, block);
  return words ? [[key, words]] : [];
}

function line(block: string, text: string): InputBlock {
  return {
    ...{ type: 'input', block_id: block, optional: true, label: label(cut(text, 150)) },
    element: { type: 'plain_text_input', action_id: block, max_length: LONGEST.line },
  };
}
