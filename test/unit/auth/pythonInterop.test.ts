import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { FileTokenCache, type TokenInfo } from '../../../src/auth/index.ts';

/** Prints the four fields of a cache file, as the Python package reads them. */
const READ = `
import json, sys
payload = json.load(open(sys.argv[1], encoding="utf-8"))
print(json.dumps([list(payload), payload["access_token"], float(payload["expires_at"]),
                  payload["refresh_token"], payload["scope"]]))
`;

/** Writes a cache file in the form of the Python package. */
const WRITE = `
import json, sys
token = json.loads(sys.argv[2])
keys = ["access_token", "expires_at", "refresh_token", "scope"]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write(json.dumps(dict(zip(keys, token)), separators=(",", ":")))
`;

/** Prints whether each of many files would be written by Python as it is, byte for byte. */
const COMPARE = `
import json, sys
for text in json.load(sys.stdin):
    payload = json.loads(text)
    same = json.dumps(payload, separators=(",", ":"), ensure_ascii=False) == text
    kinds = [type(payload[key]).__name__ for key in payload]
    print(json.dumps([same, kinds, float(payload["expires_at"])]))
`;

const tokens: TokenInfo[] = [
  { accessToken: 'BQx', expiresAt: 1_790_000_000.125, refreshToken: 'AQx', scope: 'a b' },
  { accessToken: 'BQx', expiresAt: 1_790_000_000 },
  { accessToken: 'Zürich \u2603 "\\', expiresAt: 0.1, scope: 'ä' },
];

/** About src/auth/node/fileTokenCache.ts. */
describe('one token file for Python and TypeScript', () => {
  let file: string;

  before(async function () {
    if (spawnSync('python3', ['--version']).status !== 0) {
      console.log('      skipped: no python3 on this machine');
      this.skip();
    }
    file = path.join(await mkdtemp(path.join(tmpdir(), 'python-')), 'token.json');
  });
  after(() => file && rm(path.dirname(file), { recursive: true }));

  // On Windows, Python otherwise reads its input and files in the code page of the country.
  const env = { ...process.env, PYTHONUTF8: '1' };
  const python = (script: string, ...args: string[]) =>
    execFileSync('python3', ['-c', script, file, ...args], { encoding: 'utf8', env });

  it('Python writes the same bytes as TypeScript, from fields of the types it expects', async () => {
    const text = fc.string({ minLength: 1 });
    const token = fc.record(
      {
        accessToken: text,
        expiresAt: fc.double({ min: 1e9, max: 4e9, noNaN: true }),
        refreshToken: text,
        scope: text,
      },
      { requiredKeys: ['accessToken', 'expiresAt'] },
    );
    const samples = fc.sample(token, 100);
    const files: string[] = [];
    for (const sample of samples) {
      await new FileTokenCache({ path: file }).set(sample);
      files.push(await readFile(file, 'utf8'));
    }
    const input = JSON.stringify(files);
    const output = execFileSync('python3', ['-c', COMPARE], { encoding: 'utf8', env, input });
    const lines = output.trim().split('\n');
    assert.equal(lines.length, samples.length);
    for (const [index, { expiresAt, refreshToken, scope }] of samples.entries()) {
      const type = (value?: string) => (value === undefined ? 'NoneType' : 'str');
      const number = Number.isInteger(expiresAt) ? 'int' : 'float';
      const kinds = ['str', number, type(refreshToken), type(scope)];
      assert.deepEqual(JSON.parse(lines[index] ?? ''), [true, kinds, expiresAt], files[index]);
    }
  }).timeout(30_000);

  for (const token of tokens) {
    const fields = [
      token.accessToken,
      token.expiresAt,
      token.refreshToken ?? null,
      token.scope ?? null,
    ];

    it(`Python reads what TypeScript wrote of ${JSON.stringify(token)}`, async () => {
      await new FileTokenCache({ path: file }).set(token);
      const keys = ['access_token', 'expires_at', 'refresh_token', 'scope'];
      assert.deepEqual(JSON.parse(python(READ)), [keys, ...fields]);
    });

    it(`TypeScript reads what Python wrote of ${JSON.stringify(token)}`, async () => {
      python(WRITE, JSON.stringify(fields));
      assert.deepEqual(await new FileTokenCache({ path: file }).get(), token);
    });
  }
});
