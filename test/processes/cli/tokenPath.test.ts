import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandLines } from './commandLines.ts';

/** About src/cli/tokenPath.ts. */
describe('spotify-auth login, before it opens the browser,', function () {
  this.timeout(60_000);
  let lines: CommandLines;

  before(async () => (lines = await CommandLines.create()));
  after(() => lines.close());
  beforeEach(() => lines.reset());
  afterEach(() => lines.removeMachines());

  it('refuses a folder, and a file that cannot be written, with advice', () =>
    lines.each(async (machine) => {
      await mkdir(path.join(machine.home, 'folder'));
      await writeFile(path.join(machine.home, 'file'), '');
      for (const [cache, reason] of [
        ['folder', 'folder is not a file\\.'],
        [path.join('file', 'token.json'), 'token\\.json \\(ENOTDIR\\)\\.'],
        [`${'x'.repeat(240)}.json`, 'json \\(ENAMETOOLONG\\)\\.'],
      ] as const) {
        const { code, err } = await machine.login('--cache', cache);
        assert.equal(code, 1);
        assert.match(err, new RegExp(`^error: .*${reason}\nName another file with --cache\\.\n$`));
      }
      const asked = lines.spotify.requests.to('authorize');
      assert.ok(asked.every(({ query }) => query.get('client_id') !== machine.app.clientId));
    }));

  it('leaves no file behind, and creates no folder', () =>
    lines.each(async (machine) => {
      const args = ['login', '--client-id', machine.app.clientId, '--no-browser'];
      const login = machine.start([...args, '--cache', path.join('new', 'token.json')]);
      await login.told('Waiting');
      login.child.kill('SIGINT');
      assert.equal((await login.ended).code, 130);
      assert.deepEqual(await readdir(machine.home), ['bin']);
    }));
});
