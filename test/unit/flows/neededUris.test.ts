import assert from 'node:assert/strict';
import type { FlowQuery } from '../../../src/flows/chooseFlow.ts';
import { neededUris } from '../../../src/flows/neededUris.ts';
import { desktop } from './flowQueries.ts';

const LOOPBACK = 'http://127.0.0.1/callback';
const LINK = 'vscode://spotify-sdk.spotify-authentication/callback';
const RELAY = 'https://vscode.dev/redirect';

const web: FlowQuery = { ...desktop, host: 'remote', ui: 'web', pageHost: 'code.example.com' };

describe('the redirect URIs that a Spotify app must list', () => {
  const cases: [string, FlowQuery, [string, string][]][] = [
    [
      'on the desktop',
      desktop,
      [
        [LOOPBACK, 'loopback'],
        [LINK, 'editorLink'],
        [RELAY, 'relay'],
      ],
    ],
    [
      'in an editor that the relay does not know',
      { ...desktop, uriScheme: 'cursor' },
      [
        [LOOPBACK, 'loopback'],
        ['cursor://spotify-sdk.spotify-authentication/callback', 'editorLink'],
      ],
    ],
    ['in a portable editor', { ...desktop, isPortable: true }, [[LOOPBACK, 'loopback']]],
    [
      'in a browser on the computer of the server',
      { ...web, pageHost: 'localhost' },
      [[LOOPBACK, 'loopback']],
    ],
    ['in a browser on another computer', web, [[LOOPBACK, 'paste']]],
    [
      'at vscode.dev',
      { ...web, host: 'webWorker', pageHost: 'vscode.dev' },
      [
        [RELAY, 'relay'],
        [LOOPBACK, 'paste'],
      ],
    ],
    [
      'for the flow of the settings, which comes first',
      { ...desktop, signInFlow: 'editorLink' },
      [
        [LINK, 'editorLink'],
        [LOOPBACK, 'paste'],
      ],
    ],
    [
      'for the redirect URI of the settings, with its port',
      { ...desktop, redirectUri: 'http://127.0.0.1:8914/callback' },
      [['http://127.0.0.1:8914/callback', 'settings']],
    ],
    [
      'in place of a redirect URI that Spotify refuses',
      { ...desktop, isPortable: true, redirectUri: 'http://localhost/callback' },
      [[LOOPBACK, 'loopback']],
    ],
  ];
  for (const [where, query, expected] of cases) {
    it(where, () => {
      assert.deepEqual(
        neededUris(query).map(({ uri, flow }) => [uri, flow]),
        expected,
      );
    });
  }
});
