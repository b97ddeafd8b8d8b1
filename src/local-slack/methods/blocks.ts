import { isPicture } from '../files.ts';
import { isObj, type Obj, objs, str } from '../json.ts';
import type { Problem } from '../limits/checks.ts';
import { checkMessage, checkView } from '../limits.ts';
import type { World } from '../world.ts';
import { ApiError } from './method.ts';

/** Slack's words for what is wrong with blocks, for `response_metadata.messages`. */
function messages(problems: readonly Problem[]): Obj {
  const lines = problems.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
  return { response_metadata: { messages: lines } };
}

/** Where blocks show a file that is not here, or is no picture. */
function strangeFiles(world: World, value: unknown, at: string): Problem[] {
  if (Array.isArray(value)) return value.flatMap((one, n) => strangeFiles(world, one, `${at}/${n}`));
  if (!isObj(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${at}/${key}`;
    if (key !== 'slack_file' || !isObj(inner)) return strangeFiles(world, inner, here);
    const id = str(inner.id) || /\/files\/(\w+)\//.exec(str(inner.url))?.[1];
    const file = id === undefined ? undefined : world.workspace.file(id);
    return file && isPicture(file)
      ? []
      : [{ pointer: here, code: 'invalid_slack_file', message: 'invalid slack file' }];
  });
}

/**
 * The blocks of a message, if Slack would take them with that text.
 * @param tooLong the code for blocks that are too long together, which is not the same for every method
 * @throws ApiError no_text, msg_too_long, `tooLong`, invalid_blocks_format or invalid_blocks
 */
export function messageBlocks(
  world: World,
  { text, blocks = [] }: { text: string; blocks?: unknown },
  tooLong = 'msg_blocks_too_long',
): Obj[] {
  if (!Array.isArray(blocks)) throw new ApiError('invalid_blocks_format');
  const problems = [...checkMessage({ text, blocks }), ...strangeFiles(world, blocks, '/blocks')];
  const codes = problems.map(({ code }) => code);
  for (const code of ['no_text', 'msg_too_long']) if (codes.includes(code)) throw new ApiError(code);
  if (codes.includes('msg_blocks_too_long')) throw new ApiError(tooLong);
  if (problems.length > 0) throw new ApiError('invalid_blocks', messages(problems));
  return objs(blocks);
}

/**
 * The view, if Slack would take it as that kind.
 * @throws ApiError view_too_large or invalid_arguments
 */
export function goodView(world: World, view: unknown, kind: 'modal' | 'home'): Obj {
  const problems = [...checkView(view), ...strangeFiles(world, view, '/view')];
  if (problems.some(({ code }) => code === 'view_too_large')) throw new ApiError('view_too_large');
  if (problems.length > 0) throw new ApiError('invalid_arguments', messages(problems));
  if (!isObj(view) || view.type !== kind)
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] must be a ${kind} view [json-pointer:/view/type]`] },
    });
  return view;
}
