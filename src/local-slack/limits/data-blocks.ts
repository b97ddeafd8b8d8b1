import { isObj, type Obj, objs, str } from '../json.ts';
import {
  anything,
  byType,
  type Check,
  fail,
  flag,
  list,
  number,
  object,
  oneOf,
  rule,
  string,
  whole,
} from './checks.ts';
import { buttonOnly, imageElement } from './elements.ts';
import { anyText, plain } from './parts.ts';

/** The blocks of 2025 and 2026: tables, charts, cards and containers. */

const id = { block_id: string(255) };

const rawText = object({ type: oneOf('raw_text'), text: string(10_000) });
const rawNumber = object({ type: oneOf('raw_number'), value: number, text: string(10_000) });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: anything });

/** Every string under a value together, as Slack counts the characters of a table. */
function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + characters(one), 0);
  if (!isObj(value)) return 0;
  const own = str(value.text).length;
  return own + characters(value.elements);
}

const evenRows = rule(({ rows }) => {
  const widths = Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row.length : 0)) : [];
  return new Set(widths).size > 1 ? 'all rows must have the same number of cells' : undefined;
});

const notTooLong = rule(({ rows }) =>
  characters(rows) > 10_000 ? 'must be less than 10001 characters across all cells' : undefined,
);

const plainHeader = rule(({ rows }) => {
  const header = Array.isArray(rows) ? objs(rows[0]) : [];
  return header.some(({ type }) => type === 'rich_text')
    ? 'rich_text is not allowed in the header row'
    : undefined;
});

export const dataTable: Check = object(
  { type: oneOf('data_table'), caption: string(3000), rows: list(list(cell, 20), 101, 2) },
  { ...id, page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
  evenRows,
  notTooLong,
  plainHeader,
);

export const table: Check = object(
  { type: oneOf('table'), rows: list(list(cell, 20), 100) },
  {
    ...id,
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), 20),
  },
  notTooLong,
);

const point = object({ label: string(20), value: number });
const slice: Check = (value, at, report) => {
  point(value, at, report);
  if (isObj(value) && typeof value.value === 'number' && value.value <= 0)
    fail(report, `${at}/value`, 'must be greater than 0');
};

const axes = object({ categories: list(string(20), 20) }, { x_label: string(50), y_label: string(50) });
const series = list(object({ name: string(20), data: list(point, 20) }), 6);

/** Names differ, and each series has one point for each category, under the category's label. */
const seriesFitAxes = rule((plot) => {
  const categories = (isObj(plot.axis_config) ? plot.axis_config.categories : undefined) ?? [];
  const all = objs(plot.series);
  if (new Set(all.map(({ name }) => name)).size < all.length) return 'series names must be unique';
  const fits = (one: Obj) =>
    JSON.stringify(objs(one.data).map(({ label }) => label)) === JSON.stringify(categories);
  return all.every(fits) ? undefined : 'series data labels must match axis_config categories';
});

const plotted = (type: string): Check =>
  object({ type: oneOf(type), series, axis_config: axes }, {}, seriesFitAxes);

export const chart: Check = object(
  {
    type: oneOf('data_visualization'),
    title: string(50),
    chart: byType({
      line: plotted('line'),
      bar: plotted('bar'),
      area: plotted('area'),
      pie: object({ type: oneOf('pie'), segments: list(slice, 6) }),
    }),
  },
  id,
);

export const card: Check = object(
  { type: oneOf('card') },
  {
    ...id,
    hero_image: imageElement,
    icon: imageElement,
    title: anyText(150),
    subtitle: anyText(150),
    body: anyText(200),
    actions: list(buttonOnly, 3),
  },
  rule(({ hero_image, title, actions, body }) =>
    (hero_image ?? title ?? actions ?? body) ? undefined : 'must have a hero_image, title, actions or body',
  ),
);

/** @param child the blocks that may stand in it; the live validator takes fewer than the documentation says */
export const container = (child: Check): Check =>
  object(
    { type: oneOf('container'), child_blocks: list(child, 10) },
    {
      ...id,
      title: plain(150),
      rich_text_title: anything,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    rule(({ title, rich_text_title }) =>
      (title ?? rich_text_title) ? undefined : 'missing required field: title',
    ),
    rule(({ default_collapsed, is_collapsible }) =>
      default_collapsed === true && is_collapsible !== true
        ? 'default_collapsed requires is_collapsible'
        : undefined,
    ),
  );
