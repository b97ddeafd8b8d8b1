import type { MultiSelect } from '@slack/types';
import { useState } from 'react';
import { usePage } from '../page-context.ts';
import { toggled } from './choice.tsx';
import { idsCodec, optionsCodec } from './codecs.ts';
import { type Offer, offers, ownOptions } from './menu.ts';
import { naming, type Spot } from './spot.ts';
import { type Codec, useAnswer } from './use-answer.ts';

/** From so many offers on, a list gets a box to find them by. */
const MANY = 8;

/** Several of many: a list of checkboxes, which needs no explaining and works from the keyboard. */
export function SelectMany({ of, spot }: { of: MultiSelect; spot: Spot }) {
  const { snapshot } = usePage();
  const answer = useAnswer(spot, codecOf(of));
  const [sought, setSought] = useState('');
  const offered = offers(of, snapshot);
  const full = of.max_selected_items !== undefined && answer.value.length >= of.max_selected_items;
  const shown = offered.filter(({ label, more }) =>
    `${label} ${more ?? ''}`.toLowerCase().includes(sought.toLowerCase()),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand beside a text; the role says the same
    <div className="many" role="group" {...naming(spot)}>
      {offered.length > MANY && (
        <input
          type="text"
          className="many-find"
          aria-label="Find in the list"
          placeholder="Find…"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      )}
      <div className="many-list">
        {shown.map((one) => (
          <ManyItem
            key={one.value}
            of={one}
            checked={answer.value.includes(one.value)}
            disabled={full && !answer.value.includes(one.value)}
            onToggle={() => answer.choose(toggled(answer.value, one.value))}
          />
        ))}
        {shown.length === 0 && <p className="quiet">Nothing like that here.</p>}
      </div>
      <p className="many-chosen" role="status">
        {chosenWords(answer.value, offered)}
        {of.max_selected_items !== undefined && ` (at most ${of.max_selected_items})`}
      </p>
    </div>
  );
}

interface ItemProps {
  of: Offer;
  checked: boolean;
  disabled: boolean;
  onToggle(): void;
}

function ManyItem({ of, checked, disabled, onToggle }: ItemProps) {
  return (
    <label className="choice">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={onToggle} />
      <span className="choice-words">
        {of.group && <span className="quiet">{of.group}: </span>}
        {of.label} {of.more && <span className="choice-more">{of.more}</span>}
      </span>
    </label>
  );
}

function chosenWords(values: string[], offered: Offer[]): string {
  if (values.length === 0) return 'None chosen';
  return values.map((value) => offered.find((one) => one.value === value)?.label ?? value).join(', ');
}

function codecOf(of: MultiSelect): Codec<string[]> {
  switch (of.type) {
    case 'multi_static_select':
      return optionsCodec(of.type, ownOptions(of), of.initial_options);
    case 'multi_users_select':
      return idsCodec(of.type, 'selected_users', of.initial_users);
    case 'multi_conversations_select':
      return idsCodec(of.type, 'selected_conversations', of.initial_conversations);
    case 'multi_channels_select':
      return idsCodec(of.type, 'selected_channels', of.initial_channels);
    case 'multi_external_select':
      return optionsCodec(of.type, [], of.initial_options);
    default:
      return of satisfies never;
  }
}
