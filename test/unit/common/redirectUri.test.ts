import assert from 'node:assert/strict';
import {
  flowOf,
  portOf,
  redirectUriFault,
  toRegister,
  withPort,
} from '../../../src/common/redirectUri.ts';

describe('a redirect URI of the settings', () => {
  for (const [uri, fault] of [
    ['http://127.0.0.1/callback', undefined],
    ['http://127.0.0.1:8914/callback', undefined],
    ['http://127.0.0.1', undefined],
    ['HTTP://127.0.0.1/callback', undefined],
    ['http://[::1]/callback', undefined],
    ['http://[::1]:8914/callback', undefined],
    ['https://example.com/spotify', undefined],
    ['https://vscode.dev/redirect', undefined],
    ['vscode://spotify-sdk.spotify-authentication/callback', undefined],
    ['com.example.app://callback', undefined],
    ['http://localhost/callback', 'localhost'],
    ['http://localhost:8914/callback', 'localhost'],
    ['https://LOCALHOST/callback', 'localhost'],
    ['http://192.168.1.5/callback', 'insecure'],
    ['http://example.com/callback', 'insecure'],
    ['http://127.0.0.1.example.com/callback', 'insecure'],
    ['http://127.0.0.1@example.com/callback', 'insecure'],
    // Spotify compares text: it accepts two loopback literals, and no other form of their addresses.
    ['http://127.0.0.2/callback', 'insecure'],
    ['http://127.1/callback', 'insecure'],
    ['http://2130706433/callback', 'insecure'],
    ['http://[0:0:0:0:0:0:0:1]/callback', 'insecure'],
    ['http://somebody@127.0.0.1/callback', 'insecure'],
    ['http://127.0.0.1/callback#fragment', 'notAnAddress'],
    ['http://127.0.0.1:65536/callback', 'notAnAddress'],
    ['127.0.0.1:8914/callback', 'notAnAddress'],
    ['localhost', 'notAnAddress'],
    ['http:/127.0.0.1/callback', 'notAnAddress'],
    ['callback', 'notAnAddress'],
  ] as const) {
    it(`${uri} ${fault ? `is refused as ${fault}` : 'is accepted'}`, () => {
      assert.equal(redirectUriFault(uri), fault);
    });
  }
});

describe('flowOf', () => {
  for (const [uri, flow] of [
    ['http://127.0.0.1/callback', 'loopback'],
    ['HTTP://[::1]:8914/callback', 'loopback'],
    ['vscode://spotify-sdk.spotify-authentication/callback', 'editorLink'],
    ['vscode://spotify-sdk.spotify-authentication/elsewhere', 'paste'],
    ['vscode-insiders://spotify-sdk.spotify-authentication/callback', 'paste'],
    ['https://vscode.dev/redirect', 'relay'],
    ['https://vscode.dev/redirect/', 'paste'],
    ['https://127.0.0.1/callback', 'paste'],
  ] as const) {
    it(`${uri} comes back by ${flow}`, () => assert.equal(flowOf(uri, 'vscode'), flow));
  }
});

describe('portOf', () => {
  it('is the port in the text, also 80, and 0 if there is none', () => {
    assert.equal(portOf('http://127.0.0.1:8914/callback'), 8914);
    assert.equal(portOf('http://[::1]:8914'), 8914);
    assert.equal(portOf('http://127.0.0.1:80/callback'), 80);
    assert.equal(portOf('http://127.0.0.1/callback:8914'), 0);
  });
});

describe('withPort', () => {
  it('adds the port to a loopback redirect URI without one', () => {
    assert.equal(withPort('http://127.0.0.1/callback', 50123), 'http://127.0.0.1:50123/callback');
    assert.equal(withPort('http://[::1]?a=b', 50123), 'http://[::1]:50123?a=b');
    assert.equal(withPort('HTTP://127.0.0.1', 50123), 'HTTP://127.0.0.1:50123');
  });

  it('returns any other redirect URI unchanged', () => {
    for (const uri of [
      'http://127.0.0.1:80/callback',
      'https://127.0.0.1/callback',
      'https://example.com/spotify',
      'vscode://spotify-sdk.spotify-authentication/callback',
    ]) {
      assert.equal(withPort(uri, 50123), uri);
    }
  });
});

describe('toRegister', () => {
  it('removes the port of a loopback redirect URI, since Spotify then accepts any port', () => {
    const uri = (host: string) => `http://${host}/callback`;
    assert.equal(toRegister(uri('127.0.0.1:50123'), undefined), uri('127.0.0.1'));
    assert.equal(toRegister(uri('[::1]:50123'), undefined), uri('[::1]'));
    assert.equal(toRegister(uri('127.0.0.1'), undefined), uri('127.0.0.1'));
  });

  it('keeps the port if the settings name it', () => {
    const configured = 'http://127.0.0.1:8914/callback';
    assert.equal(toRegister(configured, configured), configured);
  });

  it('returns any other redirect URI unchanged', () => {
    for (const uri of [
      'https://vscode.dev/redirect',
      'vscode://spotify-sdk.spotify-authentication/callback',
      'https://example.com:8443/spotify',
    ]) {
      assert.equal(toRegister(uri, undefined), uri);
    }
  });
});
