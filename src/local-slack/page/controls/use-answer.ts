import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputValue } from '../../protocol.ts';
import { placeKey, usePage, useSurface } from '../page-context.ts';
import type { Spot } from './spot.ts';

/** How long typing must pause before what was typed is sent, in milliseconds. */
const PAUSE = 300;

/** How a control's own value and Slack's `state.values` entry turn into each other. */
export interface Codec<T> {
  /** `held` is undefined in a message, where nothing is remembered for the viewer. */
  read(held: InputValue | undefined): T;
  write(value: T): InputValue;
}

export interface Answer<T> {
  value: T;
  /** A choice: sent at once, after the bot's "are you sure?". */
  choose(value: T): void;
  /** A keystroke: sent when typing pauses or the field is left. */
  type(value: T): void;
  /** Sends at once what typing has held back. */
  flush(): void;
  /** Tells the bot that Enter was pressed in a field that asked for it. */
  enter(): void;
}

interface Local<T> {
  value: T;
  /** The server's value that `value` was last reconciled with, as JSON. */
  base: string;
  /** Something is not yet sent or not yet answered: what is here wins over what the server says. */
  waiting: boolean;
}

/**
 * What a control holds. It shows at once what the person did, sends it in order, and takes over a new value of
 * the server (the bot redrew the view) only while nothing of the person's own is on its way.
 */
export function useAnswer<T>(spot: Spot, codec: Codec<T>): Answer<T> {
  const { act, outbox, confirm } = usePage();
  const { place, view } = useSurface();
  const server = codec.read(view?.values[spot.blockId]?.[spot.actionId]);
  const base = JSON.stringify(server);
  const [local, setLocal] = useState<Local<T>>({ value: server, base, waiting: false });
  if (local.base !== base) setLocal({ ...local, base, value: local.waiting ? local.value : server });

  const key = placeKey(place);
  const unsent = useRef<{ value: T; enter: boolean } | undefined>(undefined);
  const timer = useRef<number | undefined>(undefined);

  const send = (value: T, enter: boolean) => {
    const at = { blockId: spot.blockId, actionId: spot.actionId, value: codec.write(value) };
    return spot.via === 'input' && place.kind === 'view'
      ? act({ verb: 'input', viewId: place.viewId, ...at, ...(enter ? { enter } : {}) })
      : act({ verb: 'press', place, ...at });
  };
  const sendUnsent = () => {
    clearTimeout(timer.current);
    if (!unsent.current) return;
    const { value, enter } = unsent.current;
    unsent.current = undefined;
    void outbox
      .send(key, () => send(value, enter))
      .then(() => !unsent.current && setLocal((now) => ({ ...now, waiting: false })));
  };
  // The timer and the outbox outlive a render; they must find the newest values.
  const newest = useRef(sendUnsent);
  newest.current = sendUnsent;
  const flush = useCallback(() => newest.current(), []);
  useEffect(() => {
    const leave = outbox.join(key, flush);
    return () => {
      flush();
      leave();
    };
  }, [outbox, key, flush]);

  const hold = (value: T, enter = false) => {
    unsent.current = { value, enter };
    setLocal((now) => ({ ...now, value, waiting: true }));
  };
  return {
    value: local.value,
    choose: (value) => {
      void (spot.confirm ? confirm(spot.confirm) : Promise.resolve(true)).then((sure) => {
        if (!sure) return;
        hold(value);
        flush();
      });
    },
    type: (value) => {
      hold(value);
      clearTimeout(timer.current);
      timer.current = window.setTimeout(flush, PAUSE);
    },
    flush,
    enter: () => {
      hold(local.value, true);
      flush();
    },
  };
}
