import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HELP, readArguments } from '../../../stand-in/arguments.ts';
import { checkData } from '../../../stand-in/data.ts';

describe('the command line of the stand-in', () => {
  it('is fixed ports by default, three in a row', async () => {
    const { options, json, help } = await readArguments([]);
    assert.deepEqual(options, { accountsPort: 8765, apiPort: 8766, controlPort: 8767 });
    assert.deepEqual([json, help], [false, false]);
  });

  it('names the client, the user who agrees, and the ports', async () => {
    const text =
      '--client-id a --client-secret b --redirect-uri c --redirect-uri d --agree-as e --host f --port 0 --json';
    const { options, json } = await readArguments(text.split(' '));
    assert.equal(json, true);
    assert.deepEqual(options, {
      ...{ clientId: 'a', clientSecret: 'b', redirectUris: ['c', 'd'], agreeAs: 'e', host: 'f' },
      ...{ accountsPort: 0, apiPort: 0, controlPort: 0 },
    });
  });

  it('refuses unknown options and impossible ports', async () => {
    await assert.rejects(readArguments(['--agreeas', 'alva']), /--agreeas/);
    for (const port of ['x', '-1', '65534', '']) {
      await assert.rejects(readArguments([`--port=${port}`]), /--port must be a number from 0 to/);
    }
  });

  it('has a help that fits a screen and names every option', () => {
    const lines = HELP.split('\n');
    assert.ok(lines.length <= 24);
    assert.ok(lines.every((line) => line.length <= 80));
    const named = [...HELP.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name);
    assert.deepEqual(named, [
      ...['agree-as', 'client-id', 'client-secret', 'redirect-uri', 'data', 'port', 'host'],
      ...['json', 'version', 'help'],
    ]);
  });

  it('reads a data file, and names the file that it cannot use', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'stand-in-'));
    const file = path.join(folder, 'data.json');
    await writeFile(file, '{ "users": [{ "id": "ida" }] }');
    const { options } = await readArguments(['--data', file]);
    assert.deepEqual(options.users, [{ id: 'ida' }]);
    await writeFile(file, '{ "users": ');
    await assert.rejects(readArguments(['--data', file]), /data\.json cannot be used: .*JSON/);
    await rm(folder, { recursive: true });
    await assert.rejects(readArguments(['--data', file]), /data\.json cannot be used: ENOENT/);
  });
});

describe('the data of the stand-in', () => {
  for (const [data, message] of [
    [[], 'The data must be an object.'],
    [{ user: [] }, 'The data has an unknown member "user". Known: users, tracks, playlists.'],
    [{ users: {} }, 'The data: "users" must be a list.'],
    [{ users: [{}] }, 'users[0] has no member "id".'],
    [{ users: ['ida'] }, 'users[0] must be an object.'],
    [{ users: [{ id: '' }] }, 'users[0]: "id" must be a string.'],
    [
      { users: [{ id: 'ida', product: 'gratis' }] },
      'users[0]: "product" must be premium, free, open.',
    ],
    [{ users: [{ id: 'ida', devices: [{}] }] }, 'users[0].devices[0] has no member "name".'],
    [{ tracks: [{ name: 'One' }] }, 'tracks[0] has no member "artists".'],
    [
      { tracks: [{ name: 'One', artists: [], id: 'x' }] },
      'tracks[0]: "id" must be 22 letters and digits.',
    ],
    [
      { playlists: [{ name: 'One', tracks: [1] }] },
      'playlists[0]: "tracks" must be a list of strings.',
    ],
  ] as const) {
    it(`is refused with a sentence: ${message}`, () => {
      assert.throws(() => checkData(data), { message });
    });
  }

  it('is accepted with every member that the types have', () => {
    const user = { id: 'ida', displayName: null, email: 'i@example.com', country: 'SE' };
    const device = { name: 'Kitchen', id: 'k', type: 'Speaker', isActive: true, volumePercent: 9 };
    checkData({
      users: [{ ...user, product: 'free', nowPlaying: null, devices: [device] }],
      tracks: [{ name: 'One', artists: [], id: '0'.repeat(22), album: 'A', durationMs: 1 }],
      playlists: [{ name: 'All', owner: 'ida', tracks: [], public: false, collaborative: true }],
    });
  });
});
