import * as z from 'zod';
import { type Obj, str } from '../json.ts';
import { viewJson } from '../payloads.ts';
import type { Trigger } from '../triggers.ts';
import type { StoredView } from '../views.ts';
import type { World } from '../world.ts';
import { goodView } from './blocks.ts';
import { ApiError, json, type Method, method, text } from './method.ts';

const triggerErrors = ['invalid_trigger_id', 'expired_trigger_id', 'exchanged_trigger_id'];
const viewErrors = ['view_too_large', 'duplicate_external_id'];

/** @throws ApiError with the trigger's own code */
function exchange(world: World, triggerId: string): Trigger {
  const trigger = world.triggers.exchange(triggerId);
  if (typeof trigger === 'string') throw new ApiError(trigger);
  return trigger;
}

/** @throws ApiError duplicate_external_id when another open view has it */
function freeExternalId(world: World, view: Obj, self?: StoredView): void {
  const externalId = str(view.external_id);
  const holder = externalId === '' ? undefined : world.views.byExternalId(externalId);
  if (holder && holder !== self) throw new ApiError('duplicate_external_id');
}

const open = method({
  errors: [...triggerErrors, ...viewErrors],
  args: z.object({ trigger_id: text, view: json }),
  run(args, world) {
    const view = goodView(world, args.view, 'modal');
    freeExternalId(world, view);
    const { personId } = exchange(world, args.trigger_id);
    return { view: viewJson(world, world.views.open(personId, view)) };
  },
});

const push = method({
  errors: [...triggerErrors, ...viewErrors, 'push_limit_reached', 'not_found'],
  args: z.object({ trigger_id: text, view: json }),
  run(args, world) {
    const view = goodView(world, args.view, 'modal');
    freeExternalId(world, view);
    const { personId, viewId } = exchange(world, args.trigger_id);
    // Only what was done in an open modal can put another on top of it.
    if (!world.views.stack(personId).some(({ id }) => id === viewId)) throw new ApiError('not_found');
    const pushed = world.views.push(personId, view);
    if (!pushed) throw new ApiError('push_limit_reached');
    return { view: viewJson(world, pushed) };
  },
});

const update = method({
  errors: [...viewErrors, 'hash_conflict', 'not_found'],
  args: z.object({
    view: json,
    view_id: text.optional(),
    external_id: text.optional(),
    hash: text.optional(),
  }),
  run(args, world) {
    const found = args.view_id
      ? world.views.find(args.view_id)
      : world.views.byExternalId(args.external_id ?? '');
    if (!found) throw new ApiError('not_found');
    const view = goodView(world, args.view, found.kind);
    freeExternalId(world, view, found);
    if (args.hash && args.hash !== found.hash) throw new ApiError('hash_conflict');
    world.views.update(found, view);
    return { view: viewJson(world, found) };
  },
});

const publish = method({
  errors: [...viewErrors, 'hash_conflict', 'not_enabled'],
  args: z.object({ user_id: text, view: json, hash: text.optional() }),
  run(args, world) {
    if (!world.manifest.features.app_home.home_tab_enabled) throw new ApiError('not_enabled');
    const person = world.workspace.person(args.user_id);
    if (!person || person.isBot || person.deactivated) throw new ApiError('invalid_arguments');
    const view = goodView(world, args.view, 'home');
    const shown = world.views.homes.get(person.id);
    if (args.hash && shown && args.hash !== shown.hash) throw new ApiError('hash_conflict');
    freeExternalId(world, view, shown);
    return { view: viewJson(world, world.views.publish(person.id, view)) };
  },
});

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
