import { DAY } from '../../calendar/zone.ts';
import { keepBackup } from '../../db/backup-folder.ts';
import { plainly } from '../blocks/blocks.ts';
import type { SlackPost } from '../post.ts';

const MEGABYTE = 1_000_000;

/** The nightly copy of the SQLite file. Nobody is written to; a failure is told to the operator. */
export const backup: SlackPost = {
  id: 'backup',
  every: 'day',
  about: 'this',
  // PostgreSQL has its own tools.
  when: async ({ db, backups, policy }) => (db.backUp && backups ? policy.posts.backup : undefined),
  make: async () => ({ to: [], work: true }),
  async work({ db, backups }, { period }) {
    if (!backups) return 'No backups are kept.';
    const day = period.key;
    const keepFrom = new Date(Date.parse(`${day}T00:00Z`) - (backups.keepDays - 1) * DAY);
    const { file, bytes } = await keepBackup(db, backups.folder, {
      ...{ day, keepFrom: keepFrom.toISOString().slice(0, 10) },
    });
    return `Copied to ${file}, ${(bytes / MEGABYTE).toFixed(1)} MB.`;
  },
  draw: async () => plainly('The nightly backup.'),
};
