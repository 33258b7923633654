import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chooseFlows } from '../../../src/flows/chooseFlow.ts';
import { queryEnvironment } from '../../../src/flows/queryEnvironment.ts';
import { replace } from '../replace.ts';

type AsExternalUri = (uri: vscode.Uri) => vscode.Uri;

/** Makes links to the editor addresses of its page, as VS Code does. */
const vsCodeAt =
  (authority: string): AsExternalUri =>
  (uri) =>
    uri.with({ scheme: 'https', authority, path: '/callback' });

/** Leaves links as they are, and replaces loopback hosts by that of the page, as Theia does. */
const theiaAt =
  (scheme: string, host: string): AsExternalUri =>
  (uri) => {
    const [, port] = /^(?:localhost|127\.0\.0\.1):(\d+)$/.exec(uri.authority) ?? [];
    return port ? uri.with({ scheme, authority: `${host}:${port}` }) : uri;
  };

const EDITORS: readonly (readonly [string, AsExternalUri, string | undefined, string])[] = [
  ['VS Code at localhost', vsCodeAt('localhost:8080'), 'localhost', 'loopback'],
  ['VS Code elsewhere', vsCodeAt('code.example.com'), 'code.example.com', 'paste'],
  ['Theia at 127.0.0.1', theiaAt('http', '127.0.0.1'), '127.0.0.1', 'loopback'],
  ['Theia at localhost', theiaAt('http', 'localhost'), 'localhost', 'loopback'],
  ['Theia elsewhere', theiaAt('https', 'code.example.com'), 'code.example.com', 'paste'],
  ['an editor that leaves all addresses as they are', (uri) => uri, undefined, 'paste'],
  [
    'an editor that refuses',
    () => {
      throw new Error('no address');
    },
    undefined,
    'paste',
  ],
];

/** About src/flows/queryEnvironment.ts. */
describe('the host of the editor’s page, and the first flow', () => {
  for (const [editor, asExternalUri, host, flow] of EDITORS) {
    it(`are ${host} and ${flow} in ${editor}`, async () => {
      using replaced = replace(vscode.env, {
        uiKind: vscode.UIKind.Web,
        asExternalUri: (uri: vscode.Uri) => Promise.resolve(uri).then(asExternalUri),
      });
      assert.ok(replaced);
      const query = await queryEnvironment('remote');
      assert.equal(query.pageHost, host);
      assert.equal(chooseFlows(query).find(({ obstacle }) => !obstacle)?.flow, flow);
    });
  }
});
