import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { endpointsAt, FileTokenCache } from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { publicClient } from '../../unit/auth/publicClient.ts';

const ROUNDS = 100;

/**
 * Gets a token at each line of the standard input, as the Python package does: it refreshes an expired
 * token, and writes the file in place, here in two parts. Prints the token or the OAuth error code.
 */
const PYTHON = `
import json, os, sys, time, urllib.error, urllib.parse, urllib.request
path, url, client_id = sys.argv[1:]

def refresh(refresh_token):
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": client_id}
    answer = urllib.request.urlopen(url, urllib.parse.urlencode(form).encode())
    return json.load(answer)

def write(payload):
    text = json.dumps(payload, separators=(",", ":"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text[:40])
        file.flush()
        time.sleep(0.005)
        file.write(text[40:])
    os.chmod(path, 0o600)

def get():
    payload = json.load(open(path, encoding="utf-8"))
    if float(payload["expires_at"]) > time.time() + 30:
        return payload["access_token"]
    fields = refresh(payload["refresh_token"])
    write({"access_token": fields["access_token"],
           "expires_at": time.time() + fields["expires_in"],
           "refresh_token": fields.get("refresh_token", payload["refresh_token"]),
           "scope": fields.get("scope")})
    return fields["access_token"]

print("ready", flush=True)
for line in sys.stdin:
    try:
        print(get(), flush=True)
    except urllib.error.HTTPError as error:
        print(json.load(error)["error"], flush=True)
`;

/** About src/auth/node/tokenFile.ts and src/auth/accessTokenSource.ts. */
describe('one token file for Python and TypeScript at the same time', function () {
  this.timeout(60_000);
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let file: string;

  before(async function () {
    if (spawnSync('python3', ['--version']).status !== 0) {
      console.log('      skipped: no python3 on this machine');
      this.skip();
    }
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    file = path.join(await mkdtemp(path.join(tmpdir(), 'python-beside-')), 'token.json');
  });
  after(async () => {
    if (!file) return;
    await spotify.close();
    await rm(path.dirname(file), { recursive: true });
  });

  const readRecord = async () =>
    JSON.parse(await readFile(file, 'utf8')) as { access_token: string; refresh_token: string };
  const writeExpired = (record: object) =>
    writeFile(file, JSON.stringify({ ...record, expires_at: 0.5 }), { mode: 0o600 });

  /** Starts PYTHON. Returns a function that makes it get a token. */
  async function startPython() {
    const { token } = endpointsAt(spotify.accountsUrl);
    const child = spawn('python3', ['-c', PYTHON, file, token, app.clientId], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    await once(lines, 'line');
    return {
      async get(): Promise<string> {
        const line = once(lines, 'line') as Promise<[string]>;
        child.stdin.write('\n');
        return (await line)[0];
      },
      end: () => child.stdin.end(),
    };
  }

  for (const rotates of [false, true]) {
    const kind = rotates ? 'rotate' : 'stay';
    it(`loses no consent in ${ROUNDS} rounds, with refresh tokens that ${kind}`, async () => {
      spotify.behaviour.rotateRefreshTokens = rotates;
      const { accessToken, refreshToken } = spotify.tokens.issue(alva, app);
      await writeExpired({ access_token: accessToken, refresh_token: refreshToken, scope: null });
      const python = await startPython();
      for (let round = 0; round < ROUNDS; round++) {
        // A new provider has nothing in memory, as in a program that was started just now.
        const auth = publicClient(spotify, app, { tokenCache: new FileTokenCache({ path: file }) });
        await writeExpired(await readRecord());
        const theirs = python.get();
        await delay(Math.random() * 10);
        assert.ok(spotify.tokens.accessTokens.has(await auth.getAccessToken()));
        const found = await theirs;
        // Python does not wait for the token of the program that was faster.
        assert.ok(spotify.tokens.accessTokens.has(found) || (rotates && found === 'invalid_grant'));
        const record = await readRecord();
        assert.ok(spotify.tokens.accessTokens.has(record.access_token));
        assert.equal(spotify.tokens.refreshTokens.get(record.refresh_token)?.replaced, false);
        assert.equal(await python.get(), record.access_token);
      }
      python.end();
    });
  }
});
