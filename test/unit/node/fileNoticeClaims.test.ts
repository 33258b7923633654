import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OnceByFile } from '../../../src/node/fileNoticeClaims.ts';

describe('OnceByFile', () => {
  let parent: string;
  let folder: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'once-'));
    // As on the first start, when nobody has made it yet.
    folder = path.join(parent, 'notices');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('has one first among all windows and calls', async () => {
    const windows = Array.from({ length: 4 }, () => new OnceByFile(folder));
    const answers = await Promise.all(
      windows.flatMap((window) => Array.from({ length: 10 }, () => window.first('ended'))),
    );
    assert.equal(answers.filter(Boolean).length, 1);
  });

  it('remembers after a restart', async () => {
    assert.ok(await new OnceByFile(folder).first('ended'));
    assert.ok(!(await new OnceByFile(folder).first('ended')));
  });

  it('keeps one name from another, whatever is in it', async () => {
    const once = new OnceByFile(folder);
    for (const name of ['ended', 'unreadable session:../a', 'unreadable session:../b', 'é?*']) {
      assert.ok(await once.first(name), name);
      assert.ok(!(await new OnceByFile(folder).first(name)), name);
    }
  });

  it('has a first again when it is told to', async () => {
    const [one, other] = [new OnceByFile(folder), new OnceByFile(folder)];
    assert.ok(await one.first('ended'));
    await one.again('ended');
    assert.ok(await other.first('ended'));
    assert.ok(!(await one.first('ended')));
    await new OnceByFile(folder).again('never said');
  });

  it('has a first again also in a window that was the first, when another says so', async () => {
    const [one, other] = [new OnceByFile(folder), new OnceByFile(folder)];
    assert.ok(await one.first('ended'));
    await other.again('ended');
    assert.ok(await one.first('ended'));
    assert.ok(!(await other.first('ended')));
  });

  it('says it twice rather than never where no file can be made', async () => {
    await writeFile(folder, 'not a folder');
    const [one, other] = [new OnceByFile(folder), new OnceByFile(folder)];
    assert.deepEqual([await one.first('ended'), await other.first('ended')], [true, true]);
    assert.ok(!(await one.first('ended')));
    await one.again('ended').catch(() => undefined);
    assert.ok(await one.first('ended'));
  });
});
