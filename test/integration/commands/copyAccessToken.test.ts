import assert from 'node:assert/strict';
import { copyAccessToken } from '../../../src/commands/copyAccessToken.ts';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

const now = () => Date.now() / 1000;

describe('the command Copy Access Token', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });

  beforeEach(async () => {
    await suite.editor.window.provider.createSession(SCOPES);
    suite.spotify.requests.clear();
  });

  const run = () => copyAccessToken(suite.editor.window.context);
  const question = () => suite.editor.messages.waitFor(/^Copy the access token of Alva Lind\?/);

  it('warns, copies the token, and says how long it is valid', async () => {
    const { spotify, editor } = suite;
    const { storage } = editor;
    const running = run();
    const asked = await question();
    assert.equal(editor.outside.copied, '');
    assert.match(asked.detail ?? '', /^Until \d+:\d\d [AP]M, .*\(user-read-private\)/);
    assert.deepEqual(asked.buttons, ['Copy']);
    asked.answer('Copy');
    await running;
    const { accessToken } = storage.record().token;
    assert.equal(editor.outside.copied, accessToken);
    const said = /^The access token of Alva Lind is copied\. It expires in 59 minutes\.$/;
    await editor.messages.waitFor(said);
    assert.ok(!JSON.stringify([editor.messages.all, editor.window.log]).includes(accessToken));
    assert.deepEqual(spotify.requests.all, []);
  });

  it('copies nothing if the user closes the question', async () => {
    const { editor } = suite;
    const running = run();
    (await question()).answer();
    await running;
    assert.deepEqual([editor.outside.copied, editor.messages.all.length], ['', 1]);
  });

  it('refreshes a token that is about to expire, also while the question is open', async () => {
    const { spotify, editor } = suite;
    const { storage } = editor;
    const nearlyOver = () =>
      editor.window.age({ token: { ...storage.record().token, expiresAt: now() + 200 } });
    await nearlyOver();
    const running = run();
    const asked = await question();
    assert.equal(spotify.requests.count('token', 'refresh_token'), 1);
    await nearlyOver();
    asked.answer('Copy');
    await running;
    assert.equal(spotify.requests.count('token', 'refresh_token'), 2);
    assert.equal(editor.outside.copied, storage.record().token.accessToken);
    await editor.messages.waitFor(/in 59 minutes\.$/);
  });

  it('says why there is no token', async () => {
    const { spotify, editor } = suite;
    const { storage } = editor;
    await editor.window.age({ token: { ...storage.record().token, expiresAt: 1 } });
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    await run();
    assert.match(editor.messages.texts.join(), /^Spotify is too busy to answer/);
    assert.deepEqual(editor.messages.all[0]?.buttons, ['Try Again', 'Show Log']);
  });

  it('lets the user choose one of several sessions', async () => {
    const { spotify, editor } = suite;
    const { storage } = editor;
    spotify.behaviour.consent = { agreeAs: 'noor' };
    await editor.window.context.signIn.run({ scopes: SCOPES });
    const running = run();
    const pick = await editor.inputs.pick();
    assert.equal(pick.title, 'Choose the Access Token to Copy');
    pick.choose('Noor Haddad');
    (await editor.messages.waitFor(/^Copy the access token of Noor Haddad\?/)).answer('Copy');
    await running;
    const noors = storage.records().find(({ account }) => account.label === 'Noor Haddad');
    assert.equal(editor.outside.copied, noors?.token.accessToken);
  });

  it('copies nothing if the session is signed out while the question is open', async () => {
    const { editor } = suite;
    const { storage } = editor;
    const running = run();
    const asked = await question();
    await editor.window.provider.removeSession(storage.record().id);
    asked.answer('Copy');
    await running;
    assert.deepEqual([editor.outside.copied, editor.messages.all.length], ['', 1]);
  });
});
