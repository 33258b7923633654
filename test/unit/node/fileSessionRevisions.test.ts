import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileSessionRevisions } from '../../../src/node/fileSessionRevisions.ts';
import { until } from '../sessions/until.ts';
import { OTHER_FILES, skipOnWindows } from './otherFiles.ts';

const DAY_MS = 24 * 3600 * 1000;

describe('FileSessionRevisions', () => {
  let parent: string;
  let folder: string;
  let revisions: FileSessionRevisions;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'marks-'));
    folder = path.join(parent, 'sessions');
    revisions = new FileSessionRevisions(folder);
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('knows the ids of the sessions that were stored, but not of those that were signed out', async () => {
    assert.deepEqual(await revisions.ids(), []);
    for (const id of ['first', 'second', 'third']) await revisions.setRevision(id, 1);
    await revisions.setRemoved('second');
    writeFileSync(path.join(folder, 'fourth.generation.1234.tmp'), '1');
    assert.deepEqual((await new FileSessionRevisions(folder).ids())?.sort(), ['first', 'third']);
  });

  it('does not know the ids if its folder cannot be read', async () => {
    writeFileSync(folder, 'not a folder');
    assert.equal(await revisions.ids(), undefined);
  });

  it('forgets sessions whose refresh tokens have ended, and deletes their files at the next sign-out', async () => {
    for (const [id, ageMs] of [
      ['ended', 181 * DAY_MS + 60_000],
      ['lasting', 181 * DAY_MS - 60_000],
    ] as const) {
      await revisions.setRevision(id, 1);
      const time = new Date(Date.now() - ageMs);
      utimesSync(path.join(folder, `${id}.generation`), time, time);
    }
    assert.deepEqual(await revisions.ids(), ['lasting']);
    await revisions.setRemoved('first');
    assert.deepEqual(readdirSync(folder).sort(), ['first.removed', 'lasting.generation']);
  });

  it('knows nothing of a session without files', async () => {
    assert.equal(await revisions.revision('first'), 0);
    assert.equal(await revisions.isRemoved('first'), false);
  });

  it('makes a change visible to other windows at once', async () => {
    const other = new FileSessionRevisions(folder);
    await revisions.setRevision('first', 12);
    assert.equal(await other.revision('first'), 12);
    await revisions.setRemoved('first');
    assert.equal(await other.isRemoved('first'), true);
    assert.equal(await other.revision('first'), 0);
    assert.equal(await other.isRemoved('second'), false);
  });

  it('keeps no revision of a session that was signed out', async () => {
    await revisions.setRemoved('first');
    await revisions.setRevision('first', 3);
    assert.deepEqual(readdirSync(folder), ['first.removed']);
  });

  it('leaves no temporary file behind', async () => {
    await Promise.all([1, 2, 3, 4].map((number) => revisions.setRevision('first', number)));
    assert.deepEqual(readdirSync(folder), ['first.generation']);
  });

  it('returns 0 if the file has any other text', async () => {
    await revisions.setRevision('first', 12);
    for (const text of ['', '-1', '1e3', 'twelve']) {
      writeFileSync(path.join(folder, 'first.generation'), text);
      assert.equal(await revisions.revision('first'), 0, text);
    }
  });

  it('returns 0 if the number cannot be counted up, so that a record never has such a revision', async () => {
    await revisions.setRevision('first', 999_999_999_999_999);
    assert.equal(await revisions.revision('first'), 999_999_999_999_999);
    for (const digits of [16, 17, 309, 400]) {
      writeFileSync(path.join(folder, 'first.generation'), '9'.repeat(digits));
      assert.equal(await revisions.revision('first'), 0, `${digits} digits`);
    }
  });

  describe('in whose folder is', () => {
    before(function () {
      skipOnWindows(this);
    });

    for (const [what, make] of OTHER_FILES) {
      it(`${what}: it does not count, and the next file replaces it`, async () => {
        mkdirSync(folder);
        for (const kind of ['generation', 'removed']) make(path.join(folder, `first.${kind}`));
        assert.equal(await revisions.revision('first'), 0);
        assert.equal(await revisions.isRemoved('first'), false);
        assert.deepEqual(await revisions.ids(), []);
        await revisions.setRevision('first', 3);
        assert.equal(await revisions.revision('first'), 3);
        await revisions.setRemoved('first');
        assert.equal(await revisions.isRemoved('first'), true);
      });
    }

    it('a folder that has the name of a tombstone: old tombstones are deleted all the same', async () => {
      await revisions.setRemoved('old');
      const time = new Date(Date.now() - DAY_MS - 60_000);
      utimesSync(path.join(folder, 'old.removed'), time, time);
      for (const [i, [, make]] of OTHER_FILES.entries()) make(path.join(folder, `${i}.removed`));
      await revisions.setRemoved('first');
      assert.equal(await revisions.isRemoved('old'), false);
    });
  });

  describe('in whose folder a killed window has left files', () => {
    const KINDS = ['removed', 'generation.someone.tmp', 'someone.lock'];
    /** As long as a refresh token may last. */
    const HALF_A_YEAR_MS = 181 * DAY_MS;

    beforeEach(() => {
      mkdirSync(folder);
      for (const kind of KINDS) {
        leave(`old.${kind}`, DAY_MS + 60_000);
        leave(`recent.${kind}`, DAY_MS - 60_000);
      }
      leave('old.generation', HALF_A_YEAR_MS + 60_000);
      leave('recent.generation', HALF_A_YEAR_MS - 60_000);
    });

    function leave(name: string, ageMs: number): void {
      const file = path.join(folder, name);
      writeFileSync(file, '');
      const time = new Date(Date.now() - ageMs);
      utimesSync(file, time, time);
    }

    const left = () => readdirSync(folder).filter((name) => !name.startsWith('first.'));
    const recent = [...KINDS, 'generation'].map((kind) => `recent.${kind}`).sort();

    it('deletes those that have become useless at the next sign-out', async () => {
      await revisions.setRemoved('first');
      assert.deepEqual(left(), recent);
    });

    it('deletes those that have become useless after the first refresh of a window', async () => {
      await revisions.setRevision('first', 1);
      await until(() => left().length <= recent.length);
      assert.deepEqual(left(), recent);
    });
  });

  it('does not fail if no file can be created', async () => {
    writeFileSync(folder, 'not a folder');
    await revisions.setRevision('first', 1);
    await revisions.setRemoved('first');
    assert.equal(await revisions.revision('first'), 0);
    assert.equal(await revisions.isRemoved('first'), false);
  });
});
