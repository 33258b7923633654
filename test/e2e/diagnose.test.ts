import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { Fixture } from '../editorFixture.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';

const PROXY = 'http://alva:s3cret-of-the-proxy@127.0.0.1:9';

/** About src/diagnosis. */
describe('Diagnose Sign-In', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => {
    const redirectUri = 'http://localhost:8914/callback';
    const settings = { 'spotify-authentication.redirectUri': redirectUri, 'http.proxy': PROXY };
    editor = await Fixture.open({ settings });
  });
  after(() => editor.close());

  it('opens a report with each problem and what to do, and without secrets and user names', async () => {
    const { workbench } = editor;
    await workbench.runCommand('Spotify: Diagnose Sign-In');
    const text = await workbench.copyDocument(/^# Diagnosis|^Untitled/);
    assert.match(text, /^# Diagnosis of the Sign-In to Spotify/);
    const [, findings = ''] = text.split(/^## .*$/m);
    assert.match(
      findings,
      /^- The redirect URI in the settings uses “localhost”.* What to do: Register http:\/\/127/m,
    );
    assert.match(findings, /^- The connection to accounts\.spotify\.com, .*was refused\./m);
    assert.match(text, /^- Client ID: set, 32 hex digits, from the settings/m);
    assert.match(text, /^- Proxy: http:\/\/…:9, from http\.proxy, with a password \(not shown\)/m);
    assert.match(text, /^- SecretStorage returns what it stored: yes/m);
    const { username } = userInfo();
    for (const secret of [DEMO_CLIENT_ID, 's3cret-of-the-proxy', 'alva', `/${username}/`]) {
      assert.ok(!text.includes(secret), text);
    }
  });
});
