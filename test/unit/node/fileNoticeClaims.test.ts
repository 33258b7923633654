import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileNoticeClaims } from '../../../src/node/fileNoticeClaims.ts';
import { OTHER_FILES, skipOnWindows } from './otherFiles.ts';

describe('FileNoticeClaims', () => {
  let parent: string;
  let folder: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'once-'));
    // It does not exist yet, as on the first start.
    folder = path.join(parent, 'notices');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('gives a claim to one call of all windows', async () => {
    const windows = Array.from({ length: 4 }, () => new FileNoticeClaims(folder));
    const answers = await Promise.all(
      windows.flatMap((window) => Array.from({ length: 10 }, () => window.claim('ended'))),
    );
    assert.equal(answers.filter(Boolean).length, 1);
  });

  it('remembers a claim after a restart', async () => {
    assert.ok(await new FileNoticeClaims(folder).claim('ended'));
    assert.ok(!(await new FileNoticeClaims(folder).claim('ended')));
  });

  it('tells names apart, whichever characters they have', async () => {
    const claims = new FileNoticeClaims(folder);
    for (const name of ['ended', 'unreadable session:../a', 'unreadable session:../b', 'é?*']) {
      assert.ok(await claims.claim(name), name);
      assert.ok(!(await new FileNoticeClaims(folder).claim(name)), name);
    }
  });

  it('gives a claim again after it was released', async () => {
    const [one, other] = [new FileNoticeClaims(folder), new FileNoticeClaims(folder)];
    assert.ok(await one.claim('ended'));
    await one.release('ended');
    assert.ok(await other.claim('ended'));
    assert.ok(!(await one.claim('ended')));
    await new FileNoticeClaims(folder).release('never said');
  });

  it('gives a claim again to the same window after another window released it', async () => {
    const [one, other] = [new FileNoticeClaims(folder), new FileNoticeClaims(folder)];
    assert.ok(await one.claim('ended'));
    await other.release('ended');
    assert.ok(await one.claim('ended'));
    assert.ok(!(await other.claim('ended')));
  });

  it('gives a claim once in each window if no file can be created', async () => {
    await writeFile(folder, 'not a folder');
    const [one, other] = [new FileNoticeClaims(folder), new FileNoticeClaims(folder)];
    assert.deepEqual([await one.claim('ended'), await other.claim('ended')], [true, true]);
    assert.ok(!(await one.claim('ended')));
    await one.release('ended').catch(() => undefined);
    assert.ok(await one.claim('ended'));
  });

  describe('in whose folder is', () => {
    before(function () {
      skipOnWindows(this);
    });

    for (const [what, make] of OTHER_FILES) {
      it(`${what}: each window gives the claim once`, async () => {
        await mkdir(folder);
        make(path.join(folder, 'ended'));
        for (const claims of [new FileNoticeClaims(folder), new FileNoticeClaims(folder)]) {
          assert.ok(await claims.claim('ended'));
          assert.ok(!(await claims.claim('ended')));
        }
        const claims = new FileNoticeClaims(folder);
        await claims.release('ended');
        assert.ok(await claims.claim('ended'));
        assert.ok(!(await new FileNoticeClaims(folder).claim('ended')));
      });
    }
  });
});
