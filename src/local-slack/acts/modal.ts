import { findElement, type Placed } from '../elements.ts';
import { fieldErrors } from '../field-errors.ts';
import { obj, str } from '../json.ts';
import { interactionBase, viewJson } from '../payloads.ts';
import type { ActResult, InputValue, Person } from '../protocol.ts';
import { withValue } from '../values.ts';
import type { StoredView } from '../views.ts';
import type { World } from '../world.ts';
import { dispatchFromView, TROUBLE } from './press.ts';
import { applyResponse } from './response-action.ts';

interface Typed {
  viewId: string;
  blockId: string;
  actionId: string;
  value: InputValue;
  enter?: boolean;
}

/** A person types or picks in an input block. The app hears of it only where the block dispatches actions. */
export async function input(world: World, person: Person, typed: Typed): Promise<ActResult> {
  const view = world.views.find(typed.viewId);
  const found = view?.owner === person.id && findElement(view.blocks, typed.blockId, typed.actionId);
  if (!view || !found) return gone();
  const values = withValue(view.values, view.blocks, typed, typed.value);
  if (typeof values === 'string') return { ok: false, error: values };
  const { [typed.blockId]: _corrected, ...errors } = view.errors;
  world.views.touch(view, { values, errors });
  if (!dispatches(found, typed.enter === true)) return { ok: true };
  return dispatchFromView(world, person, view, found, values[typed.blockId]?.[typed.actionId]);
}

const TEXT_INPUTS = new Set([
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
]);

/** A text field tells the app on Enter unless its `dispatch_action_config` says otherwise; a picker at once. */
function dispatches({ block, element }: Placed, enter: boolean): boolean {
  if (block.type === 'input' && block.dispatch_action !== true) return false;
  if (!TEXT_INPUTS.has(str(element.type))) return true;
  const on = obj(element.dispatch_action_config).trigger_actions_on;
  const wanted = Array.isArray(on) ? on : ['on_enter_pressed'];
  return wanted.includes(enter ? 'on_enter_pressed' : 'on_character_entered');
}

/** A person presses the submit button. What Slack's client refuses itself stays beside its field. */
export async function submit(world: World, person: Person, viewId: string): Promise<ActResult> {
  const view = world.views.find(viewId);
  if (!view || view.owner !== person.id || view.kind !== 'modal') return gone();
  if (view.busy) return { ok: false, error: 'It is being sent already.' };
  const errors = fieldErrors(view.blocks, view.values);
  if (Object.keys(errors).length > 0) {
    world.views.touch(view, { errors });
    return { ok: true };
  }
  world.views.touch(view, { errors: {}, busy: true, trouble: '' });
  const ack = await world.deliver({
    type: 'interactive',
    payload: {
      type: 'view_submission',
      ...interactionBase(world, person),
      trigger_id: world.triggers.issue({ personId: person.id, viewId: view.id }),
      view: viewJson(world, view),
      response_urls: responseUrls(world, person, view),
    },
  });
  world.views.touch(view, { busy: false });
  const problem = ack.ok ? applyResponse(world, view, ack.body) : `no answer: ${ack.reason}`;
  if (problem === undefined) return { ok: true };
  world.log(`The form could not be sent: ${problem}`);
  world.views.touch(view, { trouble: TROUBLE });
  return { ok: false, error: TROUBLE };
}

/** Addresses for the conversations chosen in selects that ask for one (`response_url_enabled`). */
function responseUrls(world: World, person: Person, view: StoredView): unknown[] {
  return view.blocks.flatMap((block) => {
    const element = obj(block.element);
    if (element.response_url_enabled !== true) return [];
    const [blockId, actionId] = [str(block.block_id), str(element.action_id)];
    const value = view.values[blockId]?.[actionId];
    const channel = str(value?.selected_conversation ?? value?.selected_channel);
    const url = world.responseUrls.issue({ channel, personId: person.id });
    return channel
      ? [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }]
      : [];
  });
}

/** A person closes a modal. With `clear_on_close` the whole stack goes; the app hears of it if it asked to. */
export function closeView(world: World, person: Person, viewId: string): ActResult {
  const view = world.views.find(viewId);
  if (!view || view.owner !== person.id || view.kind !== 'modal') return gone();
  const cleared = view.source.clear_on_close === true;
  const closing = cleared ? [...world.views.stack(person.id)].reverse() : [view];
  if (cleared) world.views.closeAll(person.id);
  else world.views.close(view);
  for (const one of closing) {
    if (one.source.notify_on_close !== true) continue;
    const about = { view: viewJson(world, one), is_cleared: cleared };
    const payload = { type: 'view_closed', ...interactionBase(world, person), ...about };
    void world.deliver({ type: 'interactive', payload });
  }
  return { ok: true };
}

function gone(): ActResult {
  return { ok: false, error: 'That form is no longer open.' };
}
