import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { wasCopied } from '../../../src/signIn/copiedLink.ts';
import { accountLabels, SCOPES } from '../asConsumer.ts';
import { Outside } from '../outside.ts';
import { replace } from '../replace.ts';
import { signInFromAccountsMenu } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

const PAGE = 'https://accounts.spotify.com/authorize';
const REDIRECT_URI = encodeURIComponent('http://127.0.0.1:50000/callback');
const LINK = `${PAGE}?redirect_uri=${REDIRECT_URI}&state=second`;
const EARLIER = `${PAGE}?redirect_uri=${REDIRECT_URI}&state=first`;

/** About src/signIn/copiedLink.ts and src/signIn/signInEnvironment.ts. */
describe('a page that VS Code does not open', () => {
  const suite = integrationSuite();
  let outside: Outside;

  beforeEach(() => (outside = suite.use(new Outside())));

  /** Has the user close VS Code’s prompt with a button that does `action`. */
  const answerPrompt = (action: (url: string) => unknown) =>
    suite.use(
      replace(vscode.env, {
        openExternal: async (url: unknown) => {
          await action(String(url));
          return false;
        },
      }),
    );

  it('is not needed by a sign-in whose link the user copies to another browser', async () => {
    answerPrompt((url) => {
      outside.copied = url;
      void fetch(url);
    });
    await signInFromAccountsMenu(SCOPES);
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
  });

  it('ends the sign-in if the user chooses Cancel', async () => {
    outside.copied = 'something else';
    answerPrompt(() => undefined);
    await assert.rejects(signInFromAccountsMenu(SCOPES));
    assert.deepEqual(await accountLabels(), []);
    assert.equal(outside.copied, 'something else');
  });

  it('is copied in place of the link of an earlier sign-in, which VS Code copies decoded', async () => {
    outside.copied = decodeURIComponent(EARLIER);
    assert.equal(await wasCopied(LINK), true);
    assert.equal(outside.copied, LINK);
  });

  for (const copied of [EARLIER, `${PAGE}?a=b:c`, 'https://example.com/?state=a:b', '']) {
    it(`is not taken for copied if the clipboard has “${copied}”`, async () => {
      outside.copied = copied;
      assert.equal(await wasCopied(LINK), false);
      assert.equal(outside.copied, copied);
    });
  }

  it('is not taken for copied if the clipboard cannot be read', async () => {
    const readText = () => Promise.reject(new Error('VS Code has refused.'));
    suite.use(replace(vscode.env, { clipboard: { readText } }));
    assert.equal(await wasCopied(LINK), false);
  });
});
