import { count, desc, eq, isNotNull } from 'drizzle-orm';
import type { Template } from '../catalogue/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

/** A template as saved, with the hash of its last event, which the next one links to. */
export async function loadTemplate(
  db: Db,
  id: string,
): Promise<{ state: Template; head: string } | undefined> {
  const { templates } = db.t;
  const rows = await db.alone((q) =>
    q.select({ state: templates.state, head: templates.head }).from(templates).where(eq(templates.id, id)),
  );
  return rows[0];
}

/** Every template, the last touched first; retired ones too. */
export async function allTemplates(db: Db): Promise<Template[]> {
  const { templates } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: templates.state })
      .from(templates)
      .orderBy(desc(templates.updatedAt), desc(templates.id)),
  );
  return rows.map(({ state }) => state);
}

/** How often something was filed from a template, and how it went. */
export interface Usage {
  filed: number;
  /** Of those, the ones of which it is known how they went. */
  carriedOut: number;
  wentWell: number;
}

/** The usage of every template, by its id. One that was never used is not there. */
export async function usageOf(db: Db): Promise<Map<string, Usage>> {
  const { changes } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ template: changes.template, wentWell: changes.wentWell, n: count() })
      .from(changes)
      .where(isNotNull(changes.template))
      .groupBy(changes.template, changes.wentWell),
  );
  const usage = new Map<string, Usage>();
  for (const { template, wentWell, n } of rows) {
    const id = template ?? '';
    const before = usage.get(id) ?? NEVER_USED;
    usage.set(id, {
      filed: before.filed + n,
      carriedOut: before.carriedOut + (wentWell === null ? 0 : n),
      wentWell: before.wentWell + (wentWell ? n : 0),
    });
  }
  return usage;
}

export const NEVER_USED: Usage = { filed: 0, carriedOut: 0, wentWell: 0 };

/** The statement that saves a template's row beside its new events. */
export function saveTemplate(
  q: Query,
  { templates }: Db['t'],
  template: Template,
  head: string,
  updatedAt: number,
): Statement {
  return insertRow(q, templates, { id: template.id, state: template, head, updatedAt }, 'replace');
}
