import { desc, eq } from 'drizzle-orm';
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
  // The column is written by `saveTemplate` alone.
  return rows[0] && { state: rows[0].state as Template, head: rows[0].head };
}

/** Every template, the last touched first; retired ones too. */
export async function allTemplates(db: Db, limit = 100): Promise<Template[]> {
  const { templates } = db.t;
  const rows = await db.alone((q) =>
    q
      .select({ state: templates.state })
      .from(templates)
      .orderBy(desc(templates.updatedAt), desc(templates.id))
      .limit(limit),
  );
  return rows.map(({ state }) => state as Template); // as above
}

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
