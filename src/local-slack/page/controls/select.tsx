import type { Select } from '@slack/types';
import { usePage } from '../page-context.ts';
import { plain } from '../text/text.tsx';
import { optionCodec, stringCodec } from './codecs.ts';
import { type Offer, offers, ownOptions } from './menu.ts';
import { naming, type Spot } from './spot.ts';
import { type Codec, useAnswer } from './use-answer.ts';

/** One of many, as the browser's own select. */
export function SelectOne({ of, spot }: { of: Select; spot: Spot }) {
  const { snapshot } = usePage();
  const answer = useAnswer(spot, codecOf(of));
  const offered = offers(of, snapshot);
  const groups = [...new Set(offered.map(({ group }) => group))];
  return (
    <select
      {...naming(spot)}
      data-autofocus={of.focus_on_load || undefined}
      value={answer.value}
      onChange={(event) => answer.choose(event.target.value)}
    >
      <option value="" disabled={spot.via === 'press'}>
        {of.placeholder ? plain(of.placeholder) : 'Choose…'}
      </option>
      {groups.map((group) => {
        const options = offered.filter((one) => one.group === group).map(option);
        return group === undefined ? (
          options
        ) : (
          <optgroup key={group} label={group}>
            {options}
          </optgroup>
        );
      })}
    </select>
  );
}

function option({ value, label, more }: Offer) {
  return (
    <option key={value} value={value}>
      {more ? `${label} – ${more}` : label}
    </option>
  );
}

function codecOf(of: Select): Codec<string> {
  switch (of.type) {
    case 'static_select':
      return optionCodec(of.type, ownOptions(of), of.initial_option);
    case 'users_select':
      return stringCodec(of.type, 'selected_user', of.initial_user);
    case 'conversations_select':
      return stringCodec(of.type, 'selected_conversation', of.initial_conversation);
    case 'channels_select':
      return stringCodec(of.type, 'selected_channel', of.initial_channel);
    case 'external_select':
      return optionCodec(of.type, [], of.initial_option);
    default:
      return of satisfies never;
  }
}
