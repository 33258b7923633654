import assert from 'node:assert/strict';
import os from 'node:os';
import * as vscode from 'vscode';
import type { DiagnosisContext } from '../../../src/diagnosis/runChecks.ts';
import { DEMO_CLIENT_ID } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { DiagnosedEditor, itemsOf, watchReports } from '../diagnosedEditor.ts';
import { eventually } from '../eventually.ts';
import { TestWindow } from '../testWindow.ts';
import { replace } from '../replace.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

const PRIVATE_REDIRECT_URI = 'https://login.alvas-firm.example/callback?a=b';
const PROXY = 'http://alva:s3cret%of-the-proxy@proxy.alvas-firm.example:3128';

/** About src/diagnosis/diagnose.ts and src/diagnosis/runChecks.ts. */
describe('Diagnose Sign-In', () => {
  const suite = integrationSuite({ editor: () => new DiagnosedEditor() });
  let settings: Settings;

  beforeEach(() => (settings = suite.use(new Settings())));

  const findings = (different?: Partial<DiagnosisContext>) =>
    suite.editor.items('Findings', different);

  it('reports every section when nothing is wrong', async () => {
    const { editor } = suite;
    await editor.window.provider.createSession(SCOPES);
    const text = await editor.report();
    assert.deepEqual(itemsOf(text, 'Findings'), ['The checks found no problem.']);
    assert.ok(
      itemsOf(text, 'Versions and Environment').includes(`Runtime: Node ${process.versions.node}`),
    );
    assert.deepEqual(itemsOf(text, 'Client ID'), [
      'Client ID: set, 32 hex digits, from the environment variable SPOTIFY_SDK_CLIENT_ID',
      'Client secret, for app tokens: none',
    ]);
    const ways = itemsOf(text, 'Sign-In Flows');
    assert.equal(ways[0], 'loopback: used first');
    assert.ok(ways.includes('Loopback port: can be opened'));
    assert.match(ways.join('\n'), /^Redirect URIs to register: `http:\/\/127\.0\.0\.1\/callback`/m);
    assert.deepEqual(itemsOf(text, 'Secrets'), [
      'SecretStorage returns what it stored: yes',
      'Secrets survive a restart: not known yet: restart the editor and run the diagnosis again',
    ]);
    assert.deepEqual(itemsOf(text, 'Network'), [
      'Proxy: no proxy in the settings or the environment; the operating system may have one',
      'accounts.spotify.com: replaced by a test server: answers (HTTP status 404)',
      'api.spotify.com: replaced by a test server: answers (HTTP status 404)',
      'Clock: agrees with the server’s clock',
    ]);
    assert.deepEqual(itemsOf(text, 'Sessions'), [
      'Account 1: token expires in 60 minutes; consent ends in 181 days; configured client ID; scopes: user-read-private',
    ]);
    assert.match(String(text), /## Recent Problems\n\nnone\n$/);
    assert.equal(editor.progress.latest.title, 'Diagnosing the sign-in to Spotify');
  });

  it('finds another extension that signs in to Spotify, without naming it', async () => {
    const contributes = { authentication: [{ id: 'spotify', label: 'Spotify' }] };
    const all = [{ id: 'alvas-firm.auth', packageJSON: { contributes } }];
    using replaced = replace(vscode.extensions, { all });
    const text = await suite.editor.report();
    replaced[Symbol.dispose]();
    assert.deepEqual(itemsOf(text, 'Findings'), [
      'Another extension also signs in to Spotify, and VS Code uses only one of the two. What to do: Disable or uninstall one of the two extensions.',
    ]);
    assert.ok(!text?.includes('alvas-firm'));
  });

  it('reports where the client secret is stored, but not the secret', async () => {
    const { spotify, editor } = suite;
    const sessions = editor.window.context.appSessions;
    const creating = sessions.signIn.run();
    const box = await editor.inputs.box();
    const secret = spotify.apps.get(DEMO_CLIENT_ID)?.clientSecret ?? '';
    box.type(secret);
    box.accept();
    await creating;
    const text = await editor.report();
    assert.equal(
      itemsOf(text, 'Client ID')[1],
      'Client secret, for app tokens: stored in SecretStorage',
    );
    assert.ok(!text?.includes(secret));
  });

  it('reports after a restart whether secrets were kept', async () => {
    const { editor } = suite;
    const { storage } = editor;
    await editor.report();
    using kept = new TestWindow(storage);
    const { secretsCheck } = kept.context;
    const text = await editor.report({ secretsCheck });
    assert.match(String(text), /survive a restart: yes/);
    storage.secrets.stored.clear();
    using lost = new TestWindow(storage);
    const [finding] = await findings({ secretsCheck: lost.context.secretsCheck });
    assert.match(String(finding), /^The editor loses its secrets.*keychain-issues\)\.$/);
  });

  it('finds what is wrong with the settings', async () => {
    await settings.set('clientId', 'ABC');
    await settings.set('redirectUri', 'http://localhost:8914/callback');
    assert.deepEqual(await findings(), [
      'The client ID is unusual: it does not consist of 32 hexadecimal digits. What to do: Compare the client ID with the one in the Spotify dashboard.',
      'The redirect URI in the settings uses “localhost”, which Spotify does not accept. What to do: Register http://127.0.0.1/callback in the Spotify dashboard. Then enter it in the settings, or clear the setting.',
    ]);
    await settings.set('clientId', undefined);
    await settings.set('redirectUri', undefined);
    const environment = process.env['SPOTIFY_SDK_CLIENT_ID'];
    process.env['SPOTIFY_SDK_CLIENT_ID'] = '';
    try {
      assert.match(
        String(await findings()),
        /^No client ID is set\. What to do: Run the command “Spotify: Set/,
      );
    } finally {
      process.env['SPOTIFY_SDK_CLIENT_ID'] = environment;
    }
  });

  it('finds sessions that Spotify refused or is about to end', async () => {
    const { editor } = suite;
    await editor.window.provider.createSession(SCOPES);
    const now = Date.now() / 1000;
    await editor.window.age({ consentedAt: now - 178 * 24 * 3600 });
    assert.match(String(await findings()), /^Spotify ends a session of account 1 in 3 days\./);
    await editor.window.age({ suspendedAt: now - 600 });
    const text = await editor.report();
    assert.match(
      String(itemsOf(text, 'Findings')),
      /^Spotify has refused a session of account 1\./,
    );
    assert.match(String(itemsOf(text, 'Sessions')), /refused by Spotify 10 minutes ago/);
  });

  it('reports why checks failed when all of them fail', async () => {
    const { editor } = suite;
    const broken = () => Promise.reject(new Error(`no entry to ${os.homedir()}/x`));
    editor.storage.secrets.refusesWrites = true;
    const { servers } = editor.window.context.environment;
    const text = await editor.report({
      store: { all: broken },
      environment: { servers, fetch: broken, queryEnvironment: broken },
      log: { problems: [{ at: new Date(), level: 'warn', text: 'of Alva, an unknown name' }] },
    });
    const all = String(text);
    assert.match(all, /^- Sessions: could not be checked: `Error: no entry to \*\*\*\/x`$/m);
    assert.match(all, /^- Sign-In Flows: could not be checked: `Error: no entry/m);
    assert.match(all, /^- Secrets: could not be checked: `Error: the keyring is locked`$/m);
    assert.match(all, /## Recent Problems\n\nleft out, because it may contain names .*\n$/);
    const problems = itemsOf(text, 'Findings').join('\n');
    assert.match(problems, /SecretStorage does not work/);
    assert.match(problems, /The stored sessions cannot be read/);
  });

  it('contains nothing that identifies the user, the computer or the app', async () => {
    const { spotify, editor } = suite;
    const clientId = 'fedcba98765432100123456789abcdef';
    await settings.set('clientId', clientId);
    await settings.set('redirectUri', PRIVATE_REDIRECT_URI);
    spotify.addApp({ clientId, redirectUris: ['http://127.0.0.1/callback', PRIVATE_REDIRECT_URI] });
    await settings.set('redirectUri', undefined);
    await editor.window.provider.createSession(SCOPES);
    await settings.set('redirectUri', PRIVATE_REDIRECT_URI);
    const { id, account, token } = editor.storage.record();
    const { username, homedir } = os.userInfo();
    const planted = [
      ...[clientId, id, account.id, account.label, token.accessToken, token.refreshToken],
      ...['login.alvas-firm.example', 'proxy.alvas-firm.example', 's3cret%of-the-proxy'],
      ...[`${homedir}/`, os.hostname(), 'code.example.org'],
      ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      ...spotify.tokens.codes.keys(),
    ];
    const text = `${planted.join(' and ')} by ${username}, code=AQx&state=y`;
    const cause = new Error(text, { cause: Object.assign(new Error(text), { code: 'ENOTFOUND' }) });
    const environment = process.env['HTTPS_PROXY'];
    process.env['HTTPS_PROXY'] = PROXY;
    editor.window.moveTo({ ui: 'web', pageHost: 'code.example.org' });
    const { environment: window } = editor.window.context;
    let written: string | undefined;
    try {
      written = await editor.report({
        environment: { ...window, fetch: () => Promise.reject(cause) },
        secretsCheck: { run: () => Promise.reject(cause) } as DiagnosisContext['secretsCheck'],
        log: { problems: [{ at: new Date(), level: 'warn', text }] },
      });
    } finally {
      if (environment === undefined) delete process.env['HTTPS_PROXY'];
      else process.env['HTTPS_PROXY'] = environment;
    }
    for (const secret of [...planted, 'AQx', 'Alva']) {
      assert.ok(secret && !written?.includes(secret), `${secret} in\n${String(written)}`);
    }
    const all = String(written);
    assert.doesNotMatch(all, new RegExp(`\\b${username}\\b`));
    assert.match(all, /^- Proxy: http:\/\/…:3128, from HTTPS_PROXY, with a password/m);
    assert.match(
      all,
      /^- Redirect URI in the settings: the redirect URI in the settings \(not shown\)/m,
    );
    assert.match(all, /^- Where the editor’s page comes from: another computer/m);
    assert.match(all, /^ {4}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ warn \*\*\* and \*\*\*/m);
  });

  it('opens nothing if the user cancels', async () => {
    const { editor } = suite;
    const { environment } = editor.window.context;
    const asked = Promise.withResolvers<Response>();
    const diagnosing = editor.report({
      environment: { ...environment, fetch: () => asked.promise },
    });
    (await eventually(() => editor.progress.all.at(-1))).cancel();
    assert.equal(await diagnosing, undefined);
  });

  it('is offered when a sign-in fails for an unknown reason', async () => {
    const { spotify, editor } = suite;
    spotify.faults.next(1, { on: 'token', status: 200, body: 'no JSON' });
    await assert.rejects(editor.window.provider.createSession(SCOPES));
    const message = await editor.messages.waitFor(/^Signing in to Spotify failed\./);
    assert.deepEqual(message.buttons, ['Try Again', 'Diagnose', 'Show Log']);
    const opened = watchReports();
    message.answer('Diagnose');
    const text = await eventually(opened);
    assert.match(text, /^# Diagnosis of the Sign-In to Spotify\n/);
  });

  it('sends only HEAD requests, and shows and changes nothing', async () => {
    const { spotify, editor } = suite;
    await editor.window.provider.createSession(SCOPES);
    spotify.requests.clear();
    const events = editor.window.events.length;
    const forbidden = () => Promise.reject(new Error('the user is disturbed'));
    using replaced = replace(vscode.env, { asExternalUri: forbidden, openExternal: forbidden });
    assert.ok(replaced);
    await editor.report();
    assert.deepEqual(
      spotify.requests.all.map(({ method }) => method),
      ['HEAD', 'HEAD'],
    );
    assert.equal(editor.window.events.length, events);
    const texts = editor.messages.texts.filter((text) => !text.startsWith('You are signed in'));
    assert.deepEqual(texts, []);
  });
});
