import type { Checkboxes, Option, RadioButtons } from '@slack/types';
import { Text } from '../text/text.tsx';
import { optionCodec, optionsCodec } from './codecs.ts';
import { naming, type Spot } from './spot.ts';
import { useAnswer } from './use-answer.ts';

/** Radio buttons, named by the fieldset around them. */
export function Radios({ of, spot }: { of: RadioButtons; spot: Spot }) {
  const answer = useAnswer(spot, optionCodec(of.type, of.options, of.initial_option));
  return (
    <div className="choices" role="radiogroup" {...naming(spot)}>
      {of.options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={spot.id}
            checked={answer.value === option.value}
            onChange={() => answer.choose(option.value ?? '')}
          />
          <OptionWords of={option} />
        </label>
      ))}
    </div>
  );
}

export function CheckboxList({ of, spot }: { of: Checkboxes; spot: Spot }) {
  const answer = useAnswer(spot, optionsCodec(of.type, of.options, of.initial_options));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand beside a text; the role says the same
    <div className="choices" role="group" {...naming(spot)}>
      {of.options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="checkbox"
            checked={answer.value.includes(option.value ?? '')}
            onChange={() => answer.choose(toggled(answer.value, option.value ?? ''))}
          />
          <OptionWords of={option} />
        </label>
      ))}
    </div>
  );
}

/** The list with `value` in it if it was not, and without it if it was. */
export function toggled(values: string[], value: string): string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

function OptionWords({ of }: { of: Option }) {
  return (
    <span className="choice-words">
      <Text of={of.text} />{' '}
      {of.description && (
        <span className="choice-more">
          <Text of={of.description} />
        </span>
      )}
    </span>
  );
}
