import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isObj, parsed } from './json.ts';
import type { StoredView } from './views.ts';
import type { WorkspaceState } from './workspace.ts';
import type { World } from './world.ts';

/** Milliseconds from a change to its being written down; a burst of changes is one write. */
const SAVE_AFTER = 250;

/** What is kept of a workspace between two runs. */
export interface Saved {
  version: 1;
  teamId: string;
  /** How far its clock was ahead of the machine's, in milliseconds. */
  ahead: number;
  workspace: WorkspaceState;
  homes: StoredView[];
}

/**
 * Reads a workspace back. `undefined` when there is no file yet, or it belongs to another company.
 * @throws when the file is there and cannot be read: it is somebody's work, so it is not written over
 */
export function readSaved(file: string, teamId: string): Saved | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const saved = parsed(text);
  if (saved === undefined)
    throw new Error(`${file} is not a workspace that can be read. Move it away to start with a new one.`);
  if (!isObj(saved) || saved.version !== 1 || saved.teamId !== teamId) return undefined;
  // The file is written by `writeSaved` alone, and the version says that it has this shape.
  return saved as unknown as Saved;
}

/** Writes the workspace beside its file and renames it, so that a crash leaves the old one or the new one. */
function writeSaved(file: string, saved: Saved): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(saved));
  renameSync(`${file}.new`, file);
}

/** Writes the workspace down soon after each change. Returns what does it at once and stops. */
export function keepSaved(file: string, world: World): () => void {
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    const workspace = world.workspace.state;
    const homes = [...world.views.homes.values()];
    const teamId = world.workspace.team.id;
    try {
      writeSaved(file, { version: 1, teamId, ahead: world.clock.ahead(), workspace, homes });
    } catch (error) {
      // A full disk must not take the Slack down that people are looking at; the next change tries again.
      world.log(`${file} could not be written: ${error}`);
    }
  };
  const unwatch = world.changes.watch(() => {
    timer ??= setTimeout(write, SAVE_AFTER);
  });
  return () => {
    unwatch();
    clearTimeout(timer);
    write();
  };
}
