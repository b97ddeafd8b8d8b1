/** For drizzle-kit alone, which reads a module's exports to write the migrations; the app calls makeTables. */
import { makeTables } from './tables.ts';
import { pgWords } from './words-pg.ts';

export const {
  events,
  changes,
  actions,
  search,
  templates,
  meetings,
  posts,
  figures,
  touched,
  clocks,
  missed,
  findings,
  ratings,
  drafts,
  freezes,
  outbox,
  deliveries,
  slackMessages,
  told,
  people,
  groups,
  groupMembers,
  roleHolders,
  delegations,
  settings,
  leases,
} = makeTables(pgWords);
