import type { EmailInput, NumberInput, PlainTextInput, RichTextInput, URLInput } from '@slack/types';
import type { KeyboardEvent } from 'react';
import { plain } from '../text/text.tsx';
import { richTextCodec, stringCodec } from './codecs.ts';
import { naming, type Spot } from './spot.ts';
import { useAnswer } from './use-answer.ts';

type LineElement = PlainTextInput | EmailInput | URLInput | NumberInput;

const INPUT_MODE = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'decimal',
} as const;

/** One line of text, whatever it has to be. The server judges it, as Slack does, so nothing typed is lost. */
export function LineInput({ of, spot }: { of: LineElement; spot: Spot }) {
  const answer = useAnswer(spot, stringCodec(of.type, 'value', of.initial_value));
  const longest = of.type === 'plain_text_input' ? of.max_length : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !spot.tellsOnEnter) return;
    event.preventDefault();
    answer.enter();
  };
  return (
    <>
      <input
        {...naming(spot)}
        type="text"
        inputMode={INPUT_MODE[of.type]}
        autoComplete="off"
        data-autofocus={of.focus_on_load || undefined}
        placeholder={of.placeholder && plain(of.placeholder)}
        value={answer.value}
        onChange={(event) => answer.type(event.target.value)}
        onBlur={answer.flush}
        onKeyDown={onKeyDown}
      />
      <Count length={answer.value.length} longest={longest} />
    </>
  );
}

/** Several lines; rich text is typed as plain text. */
export function AreaInput({ of, spot }: { of: PlainTextInput | RichTextInput; spot: Spot }) {
  const codec =
    of.type === 'rich_text_input'
      ? richTextCodec(of.initial_value)
      : stringCodec(of.type, 'value', of.initial_value);
  const answer = useAnswer(spot, codec);
  return (
    <>
      <textarea
        {...naming(spot)}
        rows={3}
        data-autofocus={of.focus_on_load || undefined}
        placeholder={of.placeholder && plain(of.placeholder)}
        value={answer.value}
        onChange={(event) => answer.type(event.target.value)}
        onBlur={answer.flush}
      />
      <Count
        length={answer.value.length}
        longest={of.type === 'plain_text_input' ? of.max_length : undefined}
      />
    </>
  );
}

/** Appears when the end is near: a text may go over, and is then refused with words instead of being cut. */
function Count({ length, longest }: { length: number; longest: number | undefined }) {
  if (longest === undefined || length < longest * 0.75) return null;
  return (
    <span className={`count${length > longest ? ' count-over' : ''}`} role="status">
      {length} of {longest} characters
    </span>
  );
}
