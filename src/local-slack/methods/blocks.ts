import { isObj, type Obj, objs } from '../json.ts';
import type { Problem } from '../limits/checks.ts';
import { checkMessage, checkView } from '../limits.ts';
import { ApiError } from './method.ts';

/** Slack's words for what is wrong with blocks, for `response_metadata.messages`. */
function messages(problems: readonly Problem[]): Obj {
  const lines = problems.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
  return { response_metadata: { messages: lines } };
}

/**
 * The blocks of a message, if Slack would take them with that text.
 * @param tooLong the code for blocks that are too long together, which is not the same for every method
 * @throws ApiError no_text, msg_too_long, `tooLong`, invalid_blocks_format or invalid_blocks
 */
export function messageBlocks(
  { text, blocks = [] }: { text: string; blocks?: unknown },
  tooLong = 'msg_blocks_too_long',
): Obj[] {
  if (!Array.isArray(blocks)) throw new ApiError('invalid_blocks_format');
  const problems = checkMessage({ text, blocks });
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
export function goodView(view: unknown, kind: 'modal' | 'home'): Obj {
  const problems = checkView(view);
  if (problems.some(({ code }) => code === 'view_too_large')) throw new ApiError('view_too_large');
  if (problems.length > 0) throw new ApiError('invalid_arguments', messages(problems));
  if (!isObj(view) || view.type !== kind)
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] must be a ${kind} view [json-pointer:/view/type]`] },
    });
  return view;
}
