import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import { WebEditor, SCOPES } from './webEditor.ts';

const SECRET_BOX = 'Spotify: Client Secret of Your App';

/** About src/setUp, src/flows/pasteFlow.ts, src/diagnosis and src/appTokens in a browser. */
describe('VS Code for the Web', function () {
  this.timeout(180_000);
  let webEditor: WebEditor;

  const picture = (name: string) =>
    webEditor.editor.workbench.screenshot(path.join(out, 'screenshots', `${name}.png`));

  describe('in a new editor', () => {
    afterEach(() => webEditor.close());

    it('leads a user without a client ID to the redirect URIs of this page, and to a session', async () => {
      webEditor = await WebEditor.open('vscode.dev', { clientId: '' });
      const { workbench } = webEditor.editor;
      const { quickInput, dialog } = workbench;
      const pending = webEditor.consumer.getSession(SCOPES, { createIfNone: true });
      await dialog.clickButton('Allow');
      await quickInput.waitForTitle('Set Up Spotify: Your Own App (1/3)');
      await quickInput.pick('I Have an App');
      await quickInput.waitForTitle('Set Up Spotify: Redirect URIs (2/3)');
      await picture('page-set-up');
      const uris = (await quickInput.items()).filter((item) => item.includes('://'));
      assert.deepEqual(uris, ['https://vscode.dev/redirect', 'http://127.0.0.1/callback']);
      await quickInput.pick('Continue');
      await quickInput.waitForTitle('Set Up Spotify: Client ID (3/3)');
      await quickInput.fill(DEMO_CLIENT_ID);
      const tab = await workbench.waitForPopup(() => quickInput.accept());
      await webEditor.agree(tab, 'Alva Lind');
      assert.equal((await pending)?.account.label, 'Alva Lind');
    });

    it('signs in by pasting the address if the relay does not know the page', async () => {
      webEditor = await WebEditor.open('editor.example.org');
      const { editor, consumer } = webEditor;
      const { quickInput, dialog } = editor.workbench;
      const pending = consumer.getSession(SCOPES, { createIfNone: true });
      const link = await editor.workbench.copiedBy(() => dialog.clickButton('Allow'));
      await quickInput.waitForTitle('Sign In to Spotify: Paste the Address');
      await picture('page-paste');
      await quickInput.fill(await editor.agreeElsewhere(link));
      await quickInput.accept();
      const session = await pending;
      assert.equal(session?.account.label, 'Alva Lind');
      await webEditor.assertWorks(session.accessToken);
    });
  });

  describe('with a client ID', () => {
    before(async () => (webEditor = await WebEditor.open('vscode.dev')));
    after(() => webEditor.close());

    it('reports the checks that a browser allows, and leaves out the others', async () => {
      const { workbench } = webEditor.editor;
      await workbench.runCommand('Spotify: Diagnose Sign-In');
      const text = await workbench.copyDocument(/^# Diagnosis|^Untitled/);
      await picture('page-diagnosis');
      assert.match(text, /^- The checks found no problem\.$/m);
      assert.match(text, /^- Extension runs: in the browser$/m);
      assert.match(text, /^- Runtime: Mozilla\//m);
      assert.match(
        text,
        /^- loopback: not available here: an extension in a browser cannot open a port$/m,
      );
      assert.match(text, /^- relay: used first$/m);
      assert.match(text, /^- accounts\.spotify\.com: answers\n+- api\.spotify\.com: answers$/m);
      assert.doesNotMatch(text, /^- (System|Proxy|Loopback port|Clock):|could not be checked/m);
    });

    it('gets an app token for the client secret, which it sends without a CORS preflight', async () => {
      const { editor, consumer } = webEditor;
      const { quickInput, dialog } = editor.workbench;
      editor.spotify.requests.clear();
      const pending = consumer.run('getAppSession', { createIfNone: true });
      await dialog.clickButton('Allow');
      await quickInput.waitForTitle(SECRET_BOX);
      await quickInput.fill(webEditor.app.clientSecret);
      await quickInput.accept();
      const token = (await pending)?.accessToken ?? '';
      assert.equal(await consumer.run('fetchStatus', '/v1/search?q=x&type=track', token), 200);
      const [request] = editor.spotify.requests.to('token');
      assert.equal(request?.headers.authorization, undefined);
      assert.equal(request?.form.get('grant_type'), 'client_credentials');
      const preflights = editor.spotify.requests
        .to('other')
        .filter(({ host }) => host === 'accounts');
      assert.deepEqual(preflights, []);
    });
  });
});
