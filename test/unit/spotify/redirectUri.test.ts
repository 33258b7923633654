import assert from 'node:assert/strict';
import { startSpotify, type Spotify } from '../../spotify/index.ts';
import { authorize } from './steps.ts';

type Outcome = 'accepted' | 'Invalid' | 'Insecure';

const table: [registered: string, requested: string, outcome: Outcome][] = [
  ['https://example.com/cb', 'https://example.com/cb', 'accepted'],
  ['https://example.com/cb', 'https://example.com/cb/', 'Invalid'],
  ['https://example.com/cb/', 'https://example.com/cb', 'Invalid'],
  ['https://example.com/cb', 'https://example.com/CB', 'Invalid'],
  ['https://example.com/cb', 'https://EXAMPLE.com/cb', 'Invalid'],
  ['https://example.com/cb', 'http://example.com/cb', 'Invalid'],
  ['https://example.com/cb', 'https://example.com/cb?x=1', 'Invalid'],
  ['https://example.com/cb', 'https://example.com:8443/cb', 'Invalid'],
  ['https://example.com/cb', '', 'Invalid'],

  ['http://127.0.0.1/cb', 'http://127.0.0.1/cb', 'accepted'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:1/cb', 'accepted'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:65535/cb', 'accepted'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:65536/cb', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:/cb', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:8000/cb/', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:8000/CB', 'Invalid'],
  ['http://127.0.0.1/cb', 'https://127.0.0.1:8000/cb', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:8000@example.com/cb', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://127.0.0.2:8000/cb', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://[::1]:8000/cb', 'Invalid'],
  ['http://127.0.0.1/cb', 'http://localhost:8000/cb', 'Invalid'],
  ['http://127.0.0.1', 'http://127.0.0.1:8000', 'accepted'],
  ['http://127.0.0.1', 'http://127.0.0.1:8000/', 'Invalid'],
  ['http://[::1]/cb', 'http://[::1]:8000/cb', 'accepted'],
  ['http://[::1]/cb', 'http://127.0.0.1:8000/cb', 'Invalid'],

  ['http://127.0.0.1:8000/cb', 'http://127.0.0.1:8000/cb', 'accepted'],
  ['http://127.0.0.1:8000/cb', 'http://127.0.0.1:8001/cb', 'Invalid'],
  ['http://127.0.0.1:8000/cb', 'http://127.0.0.1/cb', 'Invalid'],
  ['http://127.0.0.1:80/cb', 'http://127.0.0.1:8000/cb', 'Invalid'],

  ['com.example://callback', 'com.example://callback', 'accepted'],
  ['vscode://publisher.name/cb', 'vscode://publisher.name/cb', 'accepted'],
  ['vscode://publisher.name/cb', 'vscode-insiders://publisher.name/cb', 'Invalid'],

  ['http://localhost:8000/cb', 'http://localhost:8000/cb', 'Insecure'],
  ['https://localhost/cb', 'https://localhost/cb', 'Insecure'],
  ['http://192.168.1.5/cb', 'http://192.168.1.5/cb', 'Insecure'],
  ['http://example.com/cb', 'http://example.com/cb', 'Insecure'],
  ['http://127.0.0.1.example.com/cb', 'http://127.0.0.1.example.com/cb', 'Insecure'],
  ['own://127.0.0.1/cb', 'own://127.0.0.1/cb', 'Insecure'],
  ['own://[::1]/cb', 'own://[::1]/cb', 'Insecure'],
  ['own://localhost/cb', 'own://localhost/cb', 'Insecure'],
];

describe('Spotify stand-in: redirect URIs', () => {
  let spotify: Spotify;
  before(async () => {
    spotify = await startSpotify();
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());

  for (const [registered, requested, outcome] of table) {
    it(`registered ${registered}, requested ${requested || 'nothing'}: ${outcome}`, async () => {
      const app = spotify.addApp({ redirectUris: ['https://other.example/cb', registered] });
      const response = await authorize({ spotify, app }, { redirect_uri: requested });
      if (outcome === 'accepted') {
        assert.ok(response.headers.get('location')?.startsWith(`${requested}?code=AQ`));
        return;
      }
      const text = `INVALID_CLIENT: ${outcome} redirect URI`;
      assert.deepEqual([response.status, await response.text()], [400, text]);
      assert.equal(response.headers.get('location'), null);
    });
  }
});
