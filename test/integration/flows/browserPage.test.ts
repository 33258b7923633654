import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SCOPES } from '../asConsumer.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { replace } from '../replace.ts';
import { integrationSuite } from '../suite.ts';

const IN_BROWSER = {
  uiKind: vscode.UIKind.Web,
  asExternalUri: () => Promise.resolve(vscode.Uri.parse('http://localhost:8080/callback')),
};
const DESKTOP = {
  uiKind: vscode.UIKind.Desktop,
  uriScheme: 'vscode-insiders',
  isAppPortable: false,
  /** As the desktop does it: the link names the window. */
  asExternalUri: (uri: vscode.Uri) => Promise.resolve(uri.with({ query: 'windowId=7' })),
};

const noLinks = (uri: vscode.Uri) =>
  uri.scheme === 'http' ? Promise.resolve(uri) : Promise.reject(new Error('no links'));

/** About src/node/signInPage.ts and src/flows/callbackUriHandler.ts. */
describe('the page that the browser shows after a sign-in', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  let page: Promise<string>;

  beforeEach(() => {
    suite.editor.window.browse = (url) => {
      page = fetch(url).then((answer) => answer.text());
    };
  });

  /** Signs in with `env` in place of parts of `vscode.env`. Returns the link of the page, if any. */
  async function linkIn(env: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const replaced = replace(vscode.env, env);
    try {
      await suite.editor.window.provider.createSession(SCOPES);
    } finally {
      replaced[Symbol.dispose]();
    }
    const html = await page;
    assert.match(html, /<h1>You are signed in to Spotify<\/h1>/);
    return /<a href="([^"]*)"/.exec(html)?.[1];
  }

  it('links to the window of a desktop editor, and the window does not react to the link', async () => {
    const { editor } = suite;
    const link = await linkIn(DESKTOP);
    assert.equal(link, 'vscode-insiders://spotify-sdk.spotify-authentication/return?windowId=7');
    editor.window.log.length = 0;
    await editor.window.links.handleUri(vscode.Uri.parse(link));
    await editor.window.allMessagesShown();
    assert.deepEqual([editor.window.log, editor.messages.texts], [[], []]);
  });

  for (const [where, env] of [
    ['an editor in a browser', IN_BROWSER],
    ['a portable editor', { ...DESKTOP, isAppPortable: true }],
    ['an editor without links', { ...DESKTOP, asExternalUri: noLinks }],
  ] as const) {
    it(`has no link in ${where}`, async () => {
      assert.equal(await linkIn(env), undefined);
    });
  }
});
