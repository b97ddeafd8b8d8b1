import {
  anything,
  byType,
  type Check,
  flag,
  list,
  object,
  oneOf,
  type Report,
  rule,
  type Shape,
  type Surface,
  string,
} from './checks.ts';
import { card, chart, container, dataTable, table } from './data-blocks.ts';
import { accessory, action, imageElement, inputElement } from './elements.ts';
import { anyText, oneImageSource, plain, slackFile } from './parts.ts';

/** A block: `block_id` everywhere, `type` fixed, and the fields of its own. */
function block(type: string, required: Shape, optional: Shape = {}, ...more: Check[]): Check {
  return object({ type: oneOf(type), ...required }, { block_id: string(255), ...optional }, ...more);
}

const section = block(
  'section',
  {},
  { text: anyText(3000), fields: list(anyText(2000), 10), accessory, expand: flag },
  rule(({ text, fields }) =>
    text === undefined && fields === undefined ? 'missing required field: text or fields' : undefined,
  ),
);

const contextPart: Check = (value, at, report) => {
  const isImage = typeof value === 'object' && value !== null && 'type' in value && value.type === 'image';
  (isImage ? imageElement : anyText(3000))(value, at, report);
};

const input = block(
  'input',
  { label: plain(2000), element: inputElement },
  { hint: plain(2000), optional: flag, dispatch_action: flag },
);

const image = block(
  'image',
  { alt_text: string(2000) },
  { image_url: string(3000), slack_file: slackFile, title: plain(2000) },
  oneImageSource,
);

const video = block(
  'video',
  {
    alt_text: string(2000),
    title: plain(199),
    thumbnail_url: string(3000),
    video_url: string(3000),
  },
  {
    title_url: string(3000),
    author_name: string(49),
    description: plain(200),
    provider_name: string(100),
    provider_icon_url: string(3000),
  },
);

const richText = byType({
  rich_text_section: anything,
  rich_text_list: anything,
  rich_text_quote: anything,
  rich_text_preformatted: anything,
});

/** What may stand everywhere, also in a container. */
const simple: Record<string, Check> = {
  section,
  image,
  video,
  divider: block('divider', {}),
  header: block('header', { text: plain(150) }),
  context: block('context', { elements: list(contextPart, 10) }),
  actions: block('actions', { elements: list(action, 25) }),
};

const everywhere: Record<string, Check> = {
  ...simple,
  input,
  rich_text: block('rich_text', { elements: list(richText, 1000, 0) }),
  card,
  container: container(byType({ ...simple, table })),
};

const messagesOnly: Record<string, Check> = {
  markdown: block('markdown', { text: string(12_000) }),
  file: block('file', { external_id: string(255), source: string(255) }),
  carousel: block('carousel', { elements: list(card, 10) }),
  context_actions: block('context_actions', { elements: list(anything, 5) }),
  task_card: anything,
  plan: anything,
  table,
  data_table: dataTable,
  data_visualization: chart,
};

const modalsOnly: Record<string, Check> = {
  alert: block(
    'alert',
    { text: anyText(3000) },
    { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
};

const bySurface: Record<Surface, Check> = {
  message: byType({ ...everywhere, ...messagesOnly }),
  modal: byType({ ...everywhere, ...modalsOnly }),
  home: byType(everywhere),
};

/** One block, on the surface of the report. */
export function checkBlock(value: unknown, at: string, report: Report): void {
  bySurface[report.surface](value, at, report);
}
