import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types';
import { usePage } from '../page-context.ts';
import { fromLocalInput, toLocalInput } from '../when.ts';
import { stringCodec } from './codecs.ts';
import { naming, type Spot } from './spot.ts';
import { type Codec, useAnswer } from './use-answer.ts';

type Props<T> = { of: T; spot: Spot };

export function DateInput({ of, spot }: Props<Datepicker>) {
  return (
    <Native of={of} spot={spot} type="date" codec={stringCodec(of.type, 'selected_date', of.initial_date)} />
  );
}

export function TimeInput({ of, spot }: Props<Timepicker>) {
  return (
    <Native of={of} spot={spot} type="time" codec={stringCodec(of.type, 'selected_time', of.initial_time)} />
  );
}

/** Slack wants an instant in seconds; the person reads and writes it in their own zone, which is named. */
export function DateTimeInput({ of, spot }: Props<DateTimepicker>) {
  const { zone } = usePage().snapshot.me;
  const local = (seconds: unknown) => (typeof seconds === 'number' ? toLocalInput(seconds, zone) : '');
  const codec: Codec<string> = {
    read: (held) => local(held ? held.selected_date_time : of.initial_date_time),
    write: (value) => ({ type: of.type, selected_date_time: fromLocalInput(value, zone) ?? null }),
  };
  return (
    <span className="with-zone">
      <Native of={of} spot={spot} type="datetime-local" codec={codec} />
      <span className="quiet">{zone.replaceAll('_', ' ')} time</span>
    </span>
  );
}

interface NativeProps extends Props<Datepicker | Timepicker | DateTimepicker> {
  type: 'date' | 'time' | 'datetime-local';
  codec: Codec<string>;
}

function Native({ of, spot, type, codec }: NativeProps) {
  const answer = useAnswer(spot, codec);
  return (
    <input
      {...naming(spot)}
      type={type}
      data-autofocus={of.focus_on_load || undefined}
      value={answer.value}
      onChange={(event) => answer.type(event.target.value)}
      onBlur={answer.flush}
    />
  );
}
