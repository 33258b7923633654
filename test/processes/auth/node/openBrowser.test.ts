import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type AuthorizationCode, authorizeLocal } from '../../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify } from '../../../spotify/index.ts';
import { publicClient } from '../../../unit/auth/publicClient.ts';
import { FakeBrowsers } from './fakeBrowsers.ts';

/** About src/auth/node/openBrowser.ts and src/auth/node/showConsentPage.ts. */
describe('the user’s browser', () => {
  let spotify: Spotify;
  let app: App;
  let browsers: FakeBrowsers | undefined;
  let fake: FakeBrowsers;
  let printed: string;

  before(async function () {
    if (process.platform !== 'linux') {
      console.log('      skipped: only on Linux a script can take the place of the browser');
      this.skip();
    }
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());
  beforeEach(async () => {
    browsers = fake = await FakeBrowsers.create();
    printed = '';
    mock.method(process.stderr, 'write', (text: string) => {
      printed += text;
      return true;
    });
  });
  afterEach(async () => {
    mock.restoreAll();
    await browsers?.remove();
    browsers = undefined;
  });

  const client = (): AuthorizationCode =>
    publicClient(spotify, app, { redirectUri: 'http://127.0.0.1/callback' });
  const visit = (url: string) => void fetch(url).catch(() => undefined);
  const printedUrl = () => /^ {2}(http\S+)$/m.exec(printed)?.[1];

  /** Signs in by the browser that is opened. Returns its URL. */
  async function signInByBrowser(): Promise<string> {
    const signing = authorizeLocal(client());
    const url = await fake.url();
    visit(url);
    assert.ok(await signing);
    assert.equal(printed, '');
    return url;
  }

  it('opens the URL, whatever its characters', async () => {
    process.env['BROWSER'] = await fake.install('browser');
    const url = new URL(await signInByBrowser());
    assert.equal(url.searchParams.get('scope'), 'user-read-private user-top-read');
  });

  it('may be a command with arguments, and %s for the URL', async () => {
    const words = path.join(fake.bin, 'words');
    await fake.script(
      'browser',
      `printf '<%s>' "$@" > "${words}"; printf %s "$4" > "${fake.opened}"`,
    );
    process.env['BROWSER'] = 'browser --new-window "a b" \'\' %s end';
    const url = await signInByBrowser();
    assert.equal(await readFile(words, 'utf8'), `<--new-window><a b><><${url}><end>`);
  });

  it('may have a path with spaces, plain, quoted or escaped', async () => {
    const file = await fake.install('my browser');
    for (const value of [file, `"${file}" -x`, `${file.replace(' ', '\\ ')} -x %s`]) {
      process.env['BROWSER'] = value;
      await signInByBrowser();
    }
  });

  it('is the first of several that opens', async () => {
    const second = await fake.install('second');
    const failing = await fake.script('failing', 'exit 3');
    process.env['BROWSER'] = `${path.join(fake.bin, 'missing')}:${failing} %s:${second} --tab %s`;
    await signInByBrowser();
  });

  it('may be a batch file on Windows, which gets the URL in quotation marks', async () => {
    const line = path.join(fake.bin, 'line');
    await fake.script('cmd.exe', `printf %s "$4" > "${line}"`);
    process.env['BROWSER'] = 'browser.cmd --new';
    const platform = Object.getOwnPropertyDescriptor(process, 'platform');
    assert.ok(platform);
    let given = '';
    const authorizationUrlHandler = (url: string) => {
      given = url;
      Object.defineProperty(process, 'platform', { value: 'win32' });
    };
    const signing = authorizeLocal(client(), { authorizationUrlHandler });
    try {
      while (!existsSync(line)) await setImmediate();
    } finally {
      Object.defineProperty(process, 'platform', platform);
    }
    visit(given);
    assert.ok(await signing);
    assert.equal(await readFile(line, 'utf8'), `""browser.cmd" "--new" "${given}""`);
  });

  it('is that of the system if $BROWSER is not set', async () => {
    await fake.install('x-www-browser');
    await signInByBrowser();
  });

  for (const what of ['fails', 'is an empty command']) {
    it(`is that of the desktop if $BROWSER ${what}`, async () => {
      process.env['BROWSER'] = what === 'fails' ? await fake.script('failing', 'exit 3') : '""';
      process.env['XDG_CURRENT_DESKTOP'] = 'GNOME';
      await fake.script('gio', `[ "$1" = help ] || printf %s "$2" > "${fake.opened}"`);
      await signInByBrowser();
    });
  }

  it('is not opened if $BROWSER is "none", which is no failure', async () => {
    await fake.install('x-www-browser');
    process.env['BROWSER'] = 'none';
    const signing = authorizeLocal(client());
    while (!printedUrl()) await setImmediate();
    assert.match(printed, /^Open this address to sign in to Spotify:\n/);
    visit(printedUrl() ?? '');
    assert.ok(await signing);
    assert.equal(await fake.isOpened(), false);
  });

  it('is not opened with openBrowser: false', async () => {
    process.env['BROWSER'] = await fake.install('browser');
    assert.ok(
      await authorizeLocal(client(), { openBrowser: false, authorizationUrlHandler: visit }),
    );
    assert.equal(await fake.isOpened(), false);
  });

  it('is opened after the handler was called, with the same URL', async () => {
    const given: string[] = [];
    // The handler installs the browser, so it cannot be opened before.
    const authorizationUrlHandler = async (url: string) => {
      given.push(url);
      process.env['BROWSER'] = await fake.install('browser');
    };
    const signing = authorizeLocal(client(), { authorizationUrlHandler });
    const url = await Promise.race([fake.url(), signing.then(() => 'too early')]);
    assert.deepEqual(given, [url]);
    visit(url);
    assert.ok(await signing);
  });

  it('is not opened when the handler has ended the sign-in', async () => {
    process.env['BROWSER'] = await fake.script('browser', 'true');
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

  it('is not opened by another command when the sign-in is over', async () => {
    process.env['BROWSER'] = await fake.script('slow', '/bin/sleep 1; exit 3');
    await fake.install('x-www-browser');
    assert.ok(await authorizeLocal(client(), { authorizationUrlHandler: visit }));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(await fake.isOpened(), false);
    assert.equal(printed, '');
  });

  for (const [what, commands] of [
    ['is missing', undefined],
    ['ends with exit status 3', 'exit 3'],
    ['fails a second later', '/bin/sleep 1; exit 3'],
    ['is killed', 'kill -9 $$'],
  ] as const) {
    describe(`that ${what}`, () => {
      beforeEach(async () => {
        const browser = path.join(fake.bin, 'browser');
        if (commands) await fake.script('browser', commands);
        process.env['BROWSER'] = browser;
      });

      it('is no failure if the handler has the URL', async () => {
        let given = '';
        const authorizationUrlHandler = (url: string) => void (given = url);
        const signing = authorizeLocal(client(), { authorizationUrlHandler });
        const ended = await Promise.race([
          signing.then(() => true),
          new Promise((resolve) => setTimeout(resolve, 1300, false)),
        ]);
        assert.equal(ended, false);
        visit(given);
        assert.ok(await signing);
        assert.equal(printed, '');
      });

      it('leaves the URL on standard error without a handler, and the wait goes on', async () => {
        const signing = authorizeLocal(client());
        while (!printedUrl()) await setImmediate();
        assert.match(printed, /^No browser could be opened\. Open this address/);
        visit(printedUrl() ?? '');
        assert.ok(await signing);
      });
    });
  }

  for (const [where, name, value] of [
    ['over SSH', 'SSH_CONNECTION', '10.0.0.2 50000 10.0.0.1 22'],
    ['in a terminal of SSH', 'SSH_TTY', '/dev/pts/0'],
    ['without a display', 'DISPLAY', ''],
  ] as const) {
    it(`leaves the URL on standard error ${where}, where the user may not see it`, async () => {
      process.env[name] = value;
      await fake.install(value ? 'x-www-browser' : 'www-browser');
      const signing = authorizeLocal(client());
      assert.equal(await fake.url(), printedUrl());
      assert.match(printed, /^If no browser opens, open this address/);
      visit(printedUrl() ?? '');
      assert.ok(await signing);
      assert.equal(printed.match(/code_challenge=/g)?.length, 1);
    });
  }
});
