import { optionsOf } from '../elements.ts';
import { isObj, type Obj, objs } from '../json.ts';
import { byType, type Check, flag, list, object, oneOf, rule, type Shape, string } from './checks.ts';

/** The parts that blocks and elements are made of. */

export const plain = (max: number): Check =>
  byType({ plain_text: object({ type: oneOf('plain_text'), text: string(max) }, { emoji: flag }) });

export const anyText = (max: number): Check =>
  byType({
    plain_text: object({ type: oneOf('plain_text'), text: string(max) }, { emoji: flag }),
    mrkdwn: object({ type: oneOf('mrkdwn'), text: string(max) }, { verbatim: flag }),
  });

export const confirm: Check = object(
  { text: anyText(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
);

const option = (text: (max: number) => Check, more: Shape = {}): Check =>
  object({ text: text(75), value: string(150) }, { description: text(75), ...more });

export const overflowOption = option(plain, { url: string(3000) });
export const plainOption = option(plain);
export const anyOption = option(anyText);

const optionGroup: Check = object({ label: plain(75), options: list(plainOption, 100) });

/** The options of a menu: a list or groups, one of the two. */
export const menuOptions: Shape = {
  options: list(plainOption, 100),
  option_groups: list(optionGroup, 100),
};

export const eitherOptionsOrGroups = rule((element) =>
  (element.options === undefined) === (element.option_groups === undefined)
    ? 'must have either options or option_groups'
    : undefined,
);

/** What is chosen at first must be one of the options, letter by letter. */
export const initialIsOffered = rule((element) => {
  const initial = [...objs(element.initial_options), ...objs([element.initial_option])];
  if (initial.length === 0) return undefined;
  const offered = new Set(optionsOf(element).map(sorted));
  return initial.every((one) => offered.has(sorted(one))) ? undefined : 'initial options must match options';
});

/** A value as text, the same whatever the order of its keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObj(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** A file of this Slack, by its id or its address. */
export const slackFile: Check = object(
  {},
  { id: string(255), url: string(3000) },
  rule(({ id, url }) =>
    (id === undefined) === (url === undefined) ? 'must have either id or url' : undefined,
  ),
);

/** An image has one source. */
export const oneImageSource = rule((image: Obj) =>
  (image.image_url === undefined) === (image.slack_file === undefined)
    ? 'must have either image_url or slack_file'
    : undefined,
);
