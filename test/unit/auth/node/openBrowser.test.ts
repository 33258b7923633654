import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  type AuthorizationCode,
  authorizeLocal,
  ConnectionError,
} from '../../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify } from '../../../spotify/index.ts';
import { publicClient } from '../publicClient.ts';

describe('the system’s browser', () => {
  let spotify: Spotify;
  let app: App;
  const { PATH } = process.env;
  let bin: string;

  before(async function () {
    if (process.platform !== 'linux') {
      console.log('      skipped: only on Linux a script can take the place of the browser');
      this.skip();
    }
    bin = await mkdtemp(path.join(tmpdir(), 'browser-'));
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  afterEach(() => (process.env['PATH'] = PATH));
  after(async () => {
    if (!bin) return;
    await rm(bin, { recursive: true });
    await spotify.close();
  });

  const client = (): AuthorizationCode =>
    publicClient(spotify, app, { redirectUri: 'http://127.0.0.1/callback' });
  const visit = (url: string) => void fetch(url).catch(() => undefined);

  async function fakeBrowser(command: string): Promise<void> {
    await writeFile(path.join(bin, 'xdg-open'), `#!/bin/sh\n${command}\n`);
    await chmod(path.join(bin, 'xdg-open'), 0o755);
    process.env['PATH'] = `${bin}:${PATH ?? ''}`;
  }

  it('opens the URL, whatever its characters', async () => {
    const opened = path.join(bin, 'opened');
    await fakeBrowser(`printf %s "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"`);
    const signing = authorizeLocal(client());
    visit(await content(opened));
    assert.ok(await signing);
  });

  it('is not opened with openBrowser: false', async () => {
    await fakeBrowser(`touch "${bin}/called"`);
    assert.ok(
      await authorizeLocal(client(), { openBrowser: false, authorizationUrlHandler: visit }),
    );
    await assert.rejects(access(path.join(bin, 'called')));
  });

  it('is opened after the handler was called, with the same URL', async () => {
    const opened = path.join(bin, 'second');
    process.env['PATH'] = path.join(bin, 'empty');
    const given: string[] = [];
    // The handler installs the browser, so it cannot be opened before.
    const authorizationUrlHandler = async (url: string) => {
      given.push(url);
      await fakeBrowser(`printf %s "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"`);
    };
    const signing = authorizeLocal(client(), { authorizationUrlHandler });
    const url = await Promise.race([content(opened), signing.then(() => 'too early')]);
    assert.deepEqual(given, [url]);
    visit(url);
    assert.ok(await signing);
  });

  it('is not opened when the handler has ended the sign-in', async () => {
    await fakeBrowser('true');
    const giveUp = new AbortController();
    const authorizationUrlHandler = () => giveUp.abort(new Error('changed my mind'));
    const started: unknown[] = [];
    const note = (message: unknown) => void started.push(message);
    diagnostics.subscribe('child_process', note);
    try {
      const options = { authorizationUrlHandler, signal: giveUp.signal };
      await assert.rejects(authorizeLocal(client(), options), /changed my mind/);
      assert.deepEqual(started, []);
      // Shows that the test would notice an opened browser.
      const later = new AbortController();
      const waiting = authorizeLocal(client(), { signal: later.signal });
      while (started.length === 0) await setImmediate();
      later.abort(new Error('now'));
      await assert.rejects(waiting, /now/);
    } finally {
      diagnostics.unsubscribe('child_process', note);
    }
  });

  it('leads to a ConnectionError when its command fails', async () => {
    await fakeBrowser('exit 3');
    await assert.rejects(authorizeLocal(client()), ConnectionError);
  });

  it('leads to a ConnectionError when its command is missing', async () => {
    process.env['PATH'] = bin + '/empty';
    await assert.rejects(authorizeLocal(client()), ConnectionError);
  });
});

/** Resolves with the content of the file once it exists. */
async function content(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
}
