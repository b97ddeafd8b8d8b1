import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { newId, newSecret } from './ids.ts';
import type { Workspace } from './workspace.ts';

/** A file that was uploaded, and may have been shared. What is in it is kept apart. */
export interface StoredFile {
  id: string;
  name: string;
  title: string;
  /** What a picture shows, for whoever cannot see it. */
  alt?: string;
  mimetype: string;
  size: number;
  user: string;
  /** Milliseconds since 1970. */
  created: number;
}

/** An upload that was announced; its bytes are there once they were posted to its address. */
interface Upload {
  id: string;
  name: string;
  length: number;
  alt?: string;
  bytes?: Buffer;
}

/** Files on their way into the workspace, and what is in those that have arrived. */
export interface Files {
  /** Announces an upload. Gives the id that the file will have, and the secret of the address to post it to. */
  begin(announced: Pick<Upload, 'name' | 'length' | 'alt'>): { id: string; secret: string };
  /** Takes what was posted. Says what is wrong with it, if something is. */
  receive(secret: string, bytes: Buffer): 'unknown' | 'wrong length' | undefined;
  /** Whether an upload has all its bytes and was not completed yet. */
  isReady(id: string): boolean;
  /** Makes it a file of the workspace. An upload is completed once. */
  complete(id: string, title: string | undefined): StoredFile;
  bytesOf(id: string): Buffer | undefined;
}

const MIME: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  csv: 'text/csv',
  md: 'text/markdown',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
};

/** @param folder where bytes are kept between runs; absent, they are forgotten */
export function createFiles(workspace: Workspace, clock: Clock, folder?: string): Files {
  const uploads = new Map<string, Upload>();
  const kept = keepBytes(folder);
  const withId = (id: string) => [...uploads].find(([, upload]) => upload.id === id);
  return {
    begin(announced) {
      const upload = { ...announced, id: newId('F') };
      const secret = newSecret();
      uploads.set(secret, upload);
      return { id: upload.id, secret };
    },
    receive(secret, bytes) {
      const upload = uploads.get(secret);
      if (!upload) return 'unknown';
      if (upload.length !== bytes.length) return 'wrong length';
      upload.bytes = bytes;
      return undefined;
    },
    isReady: (id) => withId(id)?.[1].bytes !== undefined,
    complete(id, title) {
      const [secret, upload] = withId(id) ?? [];
      if (secret === undefined || !upload?.bytes) throw new Error(`${id} was not uploaded.`);
      const { name, alt, bytes } = upload;
      uploads.delete(secret);
      kept.put(id, bytes);
      const file: StoredFile = {
        ...{ id, name, title: title ?? name, size: bytes.length },
        mimetype: MIME[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
        user: workspace.bot.id,
        created: clock.now(),
        ...(alt && { alt }),
      };
      workspace.addFile(file);
      return file;
    },
    bytesOf: (id) => (workspace.file(id) ? kept.get(id) : undefined),
  };
}

/** Bytes by the id of their file: beside the workspace where that is kept, else in memory. */
function keepBytes(folder: string | undefined) {
  if (folder === undefined) {
    const inMemory = new Map<string, Buffer>();
    return {
      put: (id: string, bytes: Buffer) => void inMemory.set(id, bytes),
      get: (id: string) => inMemory.get(id),
    };
  }
  return {
    put(id: string, bytes: Buffer) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, id), bytes);
    },
    get(id: string) {
      try {
        return readFileSync(join(folder, id));
      } catch {
        return undefined; // somebody has tidied up: the message stays, the file is gone
      }
    },
  };
}

/** Whether a browser shows it as a picture, and Slack takes it for an `image` block. */
export function isPicture({ mimetype }: Pick<StoredFile, 'mimetype'>): boolean {
  return ['image/png', 'image/jpeg', 'image/gif'].includes(mimetype);
}
