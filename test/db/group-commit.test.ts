import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict } from '../../src/db/errors.ts';
import { groupCommit, preparing } from '../../src/db/group-commit.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-group-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const insert = (k: number) => ({ sql: 'insert into t values (?)', params: [k] });

function store() {
  const said: string[] = [];
  const sqlite = new Database(join(folder, 'group.db'), { verbose: (sql) => said.push(String(sql)) });
  sqlite.exec('create table t (k integer primary key)');
  const commits = () => said.filter((sql) => sql === 'COMMIT').length;
  return { sqlite, said, group: groupCommit(sqlite), commits };
}

it('puts the lists of one turn into one transaction, and those of the next into another', async () => {
  const { sqlite, group, commits } = store();
  await Promise.all(Array.from({ length: 20 }, (_, i) => group.add([insert(i)])));
  expect(commits()).toBe(1);
  await group.add([insert(20), insert(21)]);
  expect(commits()).toBe(2);
  await group.add([insert(22)]);
  expect(commits()).toBe(2); // a statement by itself needs none
  expect(sqlite.prepare('select count(*) from t').pluck().get()).toBe(23);
  sqlite.close();
});

it('puts a savepoint around lists only where one of several could not be written', async () => {
  const { sqlite, group, said } = store();
  const savepoints = () => said.filter((sql) => sql === 'SAVEPOINT one').length;
  await Promise.all([group.add([insert(1), insert(2)]), group.add([insert(3), insert(4)])]);
  await expect(group.add([insert(5), insert(1)])).rejects.toBeInstanceOf(Conflict);
  expect(savepoints()).toBe(0);
  const both = [group.add([insert(5), insert(1)]), group.add([insert(6), insert(7)])];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(savepoints()).toBe(2);
  expect(sqlite.prepare('select k from t order by k').pluck().all()).toEqual([1, 2, 3, 4, 6, 7]);
  sqlite.close();
});

it('answers nobody before the commit, and the one that clashed with a Conflict', async () => {
  const { sqlite, group, commits } = store();
  const answers: string[] = [];
  const note = (name: string) => () => answers.push(`${name} after ${commits()}`);
  await Promise.all([
    group.add([insert(1), insert(2)]).then(note('first')),
    group.add([insert(3), insert(1)]).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Conflict);
      note('second')();
    }),
    group.add([insert(3)]).then(note('third')),
  ]);
  expect(answers.sort()).toEqual(['first after 1', 'second after 1', 'third after 1']);
  expect(sqlite.prepare('select k from t order by k').pluck().all()).toEqual([1, 2, 3]);
  sqlite.close();
});

it('binds limits as what has to be worked out, which SQLite does not plan anew for', () => {
  const { sqlite } = store();
  sqlite.exec('insert into t values (1), (2), (3)');
  const first = preparing(sqlite)('select k from t order by k limit ?');
  expect(first.all([2])).toEqual([[1], [2]]);
  expect(first.source).toBe('select k from t order by k limit ? + 0');
  sqlite.close();
});
