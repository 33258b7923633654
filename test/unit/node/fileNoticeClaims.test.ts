import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileNoticeClaims } from '../../../src/node/fileNoticeClaims.ts';

describe('FileNoticeClaims', () => {
  let parent: string;
  let folder: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'once-'));
    // As on the first start, when nobody has made it yet.
    folder = path.join(parent, 'notices');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('has one first among all windows and calls', async () => {
    const windows = Array.from({ length: 4 }, () => new FileNoticeClaims(folder));
    const answers = await Promise.all(
      windows.flatMap((window) => Array.from({ length: 10 }, () => window.claim('ended'))),
    );
    assert.equal(answers.filter(Boolean).length, 1);
  });

  it('remembers after a restart', async () => {
    assert.ok(await new FileNoticeClaims(folder).claim('ended'));
    assert.ok(!(await new FileNoticeClaims(folder).claim('ended')));
  });

  it('keeps one name from another, whatever is in it', async () => {
    const claims = new FileNoticeClaims(folder);
    for (const name of ['ended', 'unreadable session:../a', 'unreadable session:../b', 'é?*']) {
      assert.ok(await claims.claim(name), name);
      assert.ok(!(await new FileNoticeClaims(folder).claim(name)), name);
    }
  });

  it('has a first again when it is told to', async () => {
    const [one, other] = [new FileNoticeClaims(folder), new FileNoticeClaims(folder)];
    assert.ok(await one.claim('ended'));
    await one.release('ended');
    assert.ok(await other.claim('ended'));
    assert.ok(!(await one.claim('ended')));
    await new FileNoticeClaims(folder).release('never said');
  });

  it('has a first again also in a window that was the first, when another says so', async () => {
    const [one, other] = [new FileNoticeClaims(folder), new FileNoticeClaims(folder)];
    assert.ok(await one.claim('ended'));
    await other.release('ended');
    assert.ok(await one.claim('ended'));
    assert.ok(!(await other.claim('ended')));
  });

  it('says it twice rather than never where no file can be made', async () => {
    await writeFile(folder, 'not a folder');
    const [one, other] = [new FileNoticeClaims(folder), new FileNoticeClaims(folder)];
    assert.deepEqual([await one.claim('ended'), await other.claim('ended')], [true, true]);
    assert.ok(!(await one.claim('ended')));
    await one.release('ended').catch(() => undefined);
    assert.ok(await one.claim('ended'));
  });
});
