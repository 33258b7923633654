import assert from 'node:assert/strict';
import { Fixture, agreeAs, SHOW_PROFILE } from '../editorFixture.ts';

/** About the whole path of src/signIn/signIn.ts with the default flow, src/flows/loopbackFlow.ts. */
describe('a sign-in', function () {
  this.timeout(180_000);
  let editor: Fixture;

  beforeEach(async () => (editor = await Fixture.open()));
  afterEach(() => editor.close());

  it('leads from VS Code’s dialog and Spotify’s page to a session, which survives a reload', async () => {
    const { spotify, workbench } = editor;
    const tab = await editor.openConsentPage();
    const parameters = new URL(tab.url()).searchParams;
    assert.match(String(parameters.get('redirect_uri')), /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.equal(parameters.get('scope'), 'user-read-private');

    await agreeAs(tab, 'Alva Lind');
    await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
    assert.match(await tab.getByRole('heading').innerText(), /signed in/);
    assert.equal(new URL(tab.url()).search, '', 'the code is still in the address bar');
    assert.ok((await workbench.accounts.open()).includes('Alva Lind (Spotify)'));
    await assertLogsKeepSecrets(editor);

    const [before] = spotify.requests.to('me').slice(-1);
    spotify.requests.clear();
    await workbench.reloadWindow();
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
    const [after] = spotify.requests.to('me').slice(-1);
    assert.equal(after?.headers.authorization, before?.headers.authorization);
    assert.equal(spotify.requests.all.length, 1, 'more was requested than the profile');
  });

  it('shows a message when the user declines, and succeeds after Try Again', async () => {
    const { notifications } = editor.workbench;
    const tab = await editor.openConsentPage();
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await tab.waitForURL('**/done');
    assert.match(await tab.getByRole('heading').innerText(), /declined/);
    await notifications.waitFor('You declined access on Spotify’s page');
    await notifications.waitUntilGone('Signing in to Spotify');
    await tab.close();

    const again = await editor.workbench.waitForPopup(() =>
      notifications.clickButton('You declined access', 'Try Again'),
    );
    await agreeAs(again, 'Noor Haddad');
    await notifications.waitFor('You are signed in to Spotify as Noor Haddad.');
    // The account is signed in, but the example’s request failed with the first attempt.
    await editor.workbench.runCommand(SHOW_PROFILE);
    await editor.workbench.dialog.waitFor('wants to sign in using Spotify');
    await editor.workbench.dialog.clickButton('Allow');
    await editor.workbench.quickInput.pick('Noor Haddad');
    await notifications.waitFor('Spotify knows you as Noor Haddad.');
  });
});

/** Asserts that the logs tell of the sign-in, and contain no code, token, state or verifier. */
async function assertLogsKeepSecrets(editor: Fixture): Promise<void> {
  const { tokens, requests } = editor.spotify;
  const logs = await editor.logs();
  assert.match(logs, /Signed in for 1 scope\(s\)\./);
  const { codes, accessTokens, refreshTokens } = tokens;
  const secrets = [codes, accessTokens, refreshTokens].flatMap((values) => [...values.keys()]);
  const state = requests.to('authorize')[0]?.query.get('state');
  const verifier = requests.to('token')[0]?.form.get('code_verifier');
  for (const secret of [...secrets, state, verifier]) {
    assert.ok(secret && !logs.includes(secret));
  }
}
