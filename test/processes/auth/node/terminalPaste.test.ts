import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { authorizeLocal } from '../../../../src/auth/index.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';
import { LocalSignIn } from '../../../unit/auth/node/localSignIn.ts';
import { get } from '../../../unit/auth/node/loopbackClient.ts';

const library = new URL('../../../../src/auth/index.ts', import.meta.url).href;
/** Signs in, then asks a question of its own, as a program in a terminal does. */
const program = `
  const [library, accountsUrl, clientId, options] = process.argv.slice(1);
  const { AuthorizationCode, authorizeLocal, endpointsAt } = await import(library);
  const { createInterface } = await import('node:readline/promises');
  const redirectUri = 'http://127.0.0.1/callback';
  const endpoints = endpointsAt(accountsUrl);
  const auth = new AuthorizationCode({ clientId, clientSecret: null, redirectUri, endpoints });
  const { asksFirst, asks, keepsOpen, reads, handles, ...rest } = JSON.parse(options);
  if (asksFirst) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    console.log('first answer:', await terminal.question('Client ID? '));
    terminal.close();
  }
  if (keepsOpen) createInterface({ input: process.stdin, output: process.stdout });
  if (reads) process.stdin.on('data', () => undefined);
  if (handles) rest.authorizationUrlHandler = (url) => console.log('handled', url);
  const outcome = authorizeLocal(auth, rest).then(({ scope }) => 'signed in', ({ name }) => name);
  console.log('outcome:', await outcome);
  if (asks) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    console.log('answer:', await terminal.question('Your name? '));
    terminal.close();
  }
  if (reads || keepsOpen) process.exit();
`;
/** Runs a command in a pseudo-terminal of which it is the foreground. */
const inTerminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
/** Runs a command as a background job of a shell. */
const inBackground = ['sh', '-c', 'set -m; "$@" & wait $!', 'sh'];
const PROMPT = /paste that whole address here and press Enter:/;

/** About src/auth/node/terminalPaste.ts. */
describe('pasting into a terminal', () => {
  let spotify: Spotify;
  let signIn: LocalSignIn;
  let running: ChildProcess | undefined;
  let output: string;

  before(async function () {
    if (spawnSync('python3', ['-c', 'import pty']).status !== 0) {
      console.log('      skipped: no python3 that can open a pseudo-terminal');
      this.skip();
    }
    spotify = await startSpotify();
  });
  after(() => spotify.close());
  beforeEach(() => {
    signIn = new LocalSignIn(spotify);
    output = '';
  });
  afterEach(() => running?.kill('SIGKILL'));

  /** Starts the program, in a terminal of SSH unless told otherwise. `BROWSER` shows nothing. */
  function start(
    options: object = {},
    variables: Record<string, string> = {},
    launcher: readonly string[] = ['python3', '-c', inTerminal],
  ): ChildProcess {
    const node = [process.execPath, '--input-type=module', '--eval', program, library];
    const args = [...node, spotify.accountsUrl, signIn.app.clientId, JSON.stringify(options)];
    const [command = '', ...rest] = [...launcher, ...args];
    const env = { ...process.env, BROWSER: 'true', SSH_CONNECTION: '', SSH_TTY: '/dev/pts/0' };
    const child = spawn(command, rest, { env: { ...env, ...variables }, stdio: 'pipe' });
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (output += String(text)));
    return (running = child);
  }

  async function seen(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(output);
      if (found) return found;
      if (running?.exitCode !== null) assert.fail(`The program ended: ${output}`);
      await setTimeout(10);
    }
  }
  const shownUrl = async () => (await seen(/(http\S+code_challenge=\S+)/))[1] ?? '';
  /** The address that a browser on another machine ends on. */
  const answer = async () => (await get(await shownUrl())).location ?? '';
  const type = (text: string) => running?.stdin?.write(text);
  async function ended(): Promise<void> {
    if (running?.exitCode === null) await once(running, 'exit');
    assert.equal(running?.exitCode, 0, output);
  }

  it('completes the sign-in over SSH, where no callback comes', async () => {
    start();
    await seen(PROMPT);
    type(`${await answer()}\r`);
    await seen(/outcome: signed in/);
    await ended();
  });

  it('accepts an address in several lines, in brackets and with a full stop', async () => {
    start();
    await seen(PROMPT);
    const address = await answer();
    const lines = [address.slice(0, 40), address.slice(40, 90), address.slice(90)];
    type(`\u200b<${lines.join('\r')}>.\r`);
    await seen(/outcome: signed in/);
    assert.doesNotMatch(output, /not the whole address/);
    await ended();
  });

  it('waits for the rest of an address', async () => {
    start();
    await seen(PROMPT);
    const address = await answer();
    type(`${address.slice(0, 50)}\r`);
    await seen(/This is not the whole address/);
    type(`${address.slice(50)}\r`);
    await seen(/outcome: signed in/);
  });

  it('says what is wrong with an address, and goes on reading', async () => {
    start();
    await seen(PROMPT);
    type('\r');
    type('http://127.0.0.1/callback?code=AQx&state=foreign\r');
    await seen(/belongs to another sign-in/);
    type(`${await answer()}\r`);
    await seen(/outcome: signed in/);
  });

  it('takes a refusal, too', async () => {
    spotify.behaviour.consent = 'deny';
    start();
    await seen(PROMPT);
    type(`${await answer()}\r`);
    await seen(/outcome: AuthorizationDeniedError/);
  });

  it('loses against a callback, and leaves the terminal to the program', async () => {
    start({ asks: true });
    await seen(PROMPT);
    await fetch(await shownUrl());
    await seen(/outcome: signed in[^]*Your name\?/);
    type('Alva\r');
    await seen(/answer: Alva/);
    await ended();
  });

  it('leaves the terminal to the program after a paste', async () => {
    start({ asks: true });
    await seen(PROMPT);
    type(`${await answer()}\r`);
    await seen(/Your name\?/);
    type('Alva\r');
    await seen(/answer: Alva/);
    await ended();
  });

  it('goes on waiting for the callback when the input ends', async () => {
    start();
    await seen(PROMPT);
    type('\u0004');
    await setTimeout(300);
    await fetch(await shownUrl());
    await seen(/outcome: signed in/);
    await ended();
  });

  it('is offered after a question of the program', async () => {
    start({ asksFirst: true, asks: true });
    await seen(/Client ID\?/);
    type('abc\r');
    await seen(/first answer: abc[^]*paste that whole address here/);
    type(`${await answer()}\r`);
    await seen(/outcome: signed in[^]*Your name\?/);
    type('Alva\r');
    await seen(/answer: Alva/);
    await ended();
  });

  it('is asked for below the address to open, which is shown once', async () => {
    start({ paste: true }, { SSH_TTY: '' }, []);
    await seen(PROMPT);
    assert.match(output, /open this address[^]*code_challenge=[^]*paste that whole address here/);
    running?.stdin?.end(await answer());
    await seen(/outcome: signed in/);
    assert.equal(output.split('code_challenge=').length, 2);
    await ended();
  });

  it('is offered when no browser can be opened', async () => {
    start({ handles: true }, { SSH_TTY: '', BROWSER: 'none' });
    await seen(/handled http[^]*paste that whole address here/);
    type(`${await answer()}\r`);
    await seen(/outcome: signed in/);
  });

  for (const [what, options, variables, launcher] of [
    ['when a browser was opened', {}, { SSH_TTY: '' }, undefined],
    ['with paste: false', { paste: false }, {}, undefined],
    ['while the program reads its input itself', { reads: true }, {}, undefined],
    ['while a question of the program is open', { keepsOpen: true }, {}, undefined],
    ['when standard input is no terminal', {}, {}, []],
    // Reading would stop the program: see SIGTTIN.
    ['in the background of a terminal', {}, {}, ['python3', '-c', inTerminal, ...inBackground]],
  ] as const) {
    it(`is not offered ${what}`, async function () {
      if (what.includes('background') && process.platform !== 'linux') {
        console.log('      skipped: only Linux says which process is in the foreground');
        return this.skip();
      }
      start({ handles: true, ...options }, variables, launcher);
      const url = await shownUrl();
      await setTimeout(500);
      await fetch(url);
      await seen(/outcome: signed in/);
      assert.doesNotMatch(output, PROMPT);
      await ended();
    });
  }

  it('works without a terminal with paste: true', async () => {
    start({ paste: true, handles: true }, { SSH_TTY: '' }, []);
    await seen(PROMPT);
    running?.stdin?.end(await answer());
    await seen(/outcome: signed in/);
    await ended();
  });

  it('is refused for another value than "auto", true and false', async () => {
    const options = { ...signIn.browser, paste: 'always' as 'auto' };
    await assert.rejects(authorizeLocal(signIn.client(), options), {
      name: 'ConfigurationError',
      message: "paste must be 'auto', true or false.",
    });
  });
});
