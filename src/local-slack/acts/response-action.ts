import { isObj, type Obj, objs, str } from '../json.ts';
import { checkView } from '../limits.ts';
import type { StoredView } from '../views.ts';
import type { World } from '../world.ts';

/**
 * Does what the answer to a submission asks: nothing said closes this view, else `errors`, `update`, `push`
 * or `clear`.
 * @returns what is wrong with the answer, for the log; the person only sees that there was trouble
 */
export function applyResponse(world: World, view: StoredView, body: unknown): string | undefined {
  if (body === undefined || body === '') return close(world, view);
  if (!isObj(body)) return 'the answer is no object';
  switch (body.response_action) {
    case undefined:
      return Object.keys(body).length === 0 ? close(world, view) : 'there is no response_action';
    case 'errors':
      return showErrors(world, view, body.errors);
    case 'clear':
      world.views.closeAll(view.owner);
      return undefined;
    case 'update':
      return withNewView(body.view, (next) => world.views.update(view, next));
    case 'push':
      return withNewView(body.view, (next) =>
        world.views.push(view.owner, next) ? undefined : 'three views are open already',
      );
    default:
      return `the response_action ${String(body.response_action)} does not exist`;
  }
}

function close(world: World, view: StoredView): undefined {
  world.views.close(view);
}

function showErrors(world: World, view: StoredView, errors: unknown): string | undefined {
  if (!isObj(errors) || Object.keys(errors).length === 0) return 'there are no errors to show';
  const inputs = new Set(
    view.blocks.filter(({ type }) => type === 'input').map((block) => str(block.block_id)),
  );
  const stray = Object.keys(errors).find((blockId) => !inputs.has(blockId));
  if (stray !== undefined) return `the view has no input block ${stray}`;
  if (Object.values(errors).some((text) => str(text) === '')) return 'an error has no words';
  const shown = Object.fromEntries(Object.entries(errors).map(([blockId, text]) => [blockId, str(text)]));
  world.views.touch(view, { errors: shown });
  return undefined;
}

// biome-ignore lint/suspicious/noConfusingVoidType: showing a view may say nothing or what is wrong
function withNewView(view: unknown, show: (view: Obj) => string | undefined | void): string | undefined {
  const [problem] = checkView(view);
  if (problem) return `${problem.message} at ${problem.pointer}`;
  const [next] = objs([view]);
  if (next?.type !== 'modal') return 'the view is no modal';
  return show(next) ?? undefined;
}
