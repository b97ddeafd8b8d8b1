import type { InputBlock } from '@slack/types';
import { useId } from 'react';
import { Control, isGroup } from '../controls/control.tsx';
import type { Spot } from '../controls/spot.ts';
import { useSurface } from '../page-context.ts';
import { plain } from '../text/text.tsx';

/** A labelled field, with its hint and what is wrong with it. */
export function Input({ of }: { of: InputBlock }) {
  const id = useId();
  const { view } = useSurface();
  const error = view?.errors[of.block_id ?? ''];
  const group = isGroup(of.element);
  const spot: Spot = {
    id,
    blockId: of.block_id ?? '',
    actionId: of.element.action_id ?? '',
    via: view ? 'input' : 'press',
    describedBy: [of.hint && `${id}hint`, error && `${id}error`].filter(Boolean).join(' '),
    invalid: error !== undefined,
    tellsOnEnter: tellsOnEnter(of),
    ...(group ? { name: plain(of.label) } : {}),
  };
  return (
    <div className={`field${error ? ' field-wrong' : ''}`}>
      <Label of={of} id={id} group={group} />
      <Control of={of.element} spot={spot} />
      {of.hint && (
        <p className="hint-text" id={`${id}hint`}>
          {plain(of.hint)}
        </p>
      )}
      {error && (
        <p className="error-text" id={`${id}error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Label({ of, id, group }: { of: InputBlock; id: string; group: boolean }) {
  const text = (
    <>
      {plain(of.label)}
      {of.optional && <span className="quiet"> (optional)</span>}
    </>
  );
  // A group's name is on the group itself (`Spot.name`): read out once, seen here.
  return group ? (
    <div className="label" aria-hidden="true">
      {text}
    </div>
  ) : (
    <label className="label" htmlFor={id}>
      {text}
    </label>
  );
}

/** A dispatching text field tells the bot at Enter, unless it asked only for every character. */
function tellsOnEnter({ dispatch_action, element }: InputBlock): boolean {
  if (!dispatch_action) return false;
  const config = 'dispatch_action_config' in element ? element.dispatch_action_config : undefined;
  return config?.trigger_actions_on?.includes('on_enter_pressed') ?? true;
}
