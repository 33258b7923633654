import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { DiagnosedEditor } from '../diagnosedEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/diagnosis/reachability.ts and src/diagnosis/proxyFinding.ts. */
describe('Diagnose Sign-In finds what is wrong with the network', () => {
  const suite = integrationSuite({ editor: () => new DiagnosedEditor() });

  const coded = (code: string) => Object.assign(new Error('x'), { code });

  for (const [name, cause, expected] of [
    [
      'a name that cannot be resolved',
      coded('ENOTFOUND'),
      /^The server name .* cannot be resolved\./,
    ],
    [
      'a refused connection',
      coded('ECONNREFUSED'),
      /^The connection to .*, or to the proxy, was refused/,
    ],
    ['a missing network', coded('ENETUNREACH'), /^This computer has no network on which /],
    [
      'a proxy that wants a password',
      new Error('Proxy response (407) !== 200'),
      /^The proxy requires a user name and a/,
    ],
    [
      'a proxy that refuses',
      new Error('Proxy response (403) !== 200'),
      /^The proxy refuses to connect .*status 403/,
    ],
    [
      'an unknown certificate authority',
      coded('SELF_SIGNED_CERT_IN_CHAIN'),
      /\(SELF_SIGNED_CERT_IN_CHAIN\).*root certificate/,
    ],
    [
      'an incomplete certificate chain',
      coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      /\(UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
    ],
    ['an expired certificate', coded('CERT_HAS_EXPIRED'), /\(CERT_HAS_EXPIRED\).*Check the clock/],
    [
      'an interrupted connection',
      coded('ECONNRESET'),
      /^The connection to .* was interrupted \(ECONNRESET\)/,
    ],
    [
      'an unknown error code',
      coded('EWHATEVER'),
      /cannot be reached \(EWHATEVER\).*Check the network/,
    ],
  ] as const) {
    it(`${name}, reported once for both servers`, async () => {
      const { editor } = suite;
      const [first, ...more] = await editor.items('Findings', editor.failing(cause));
      assert.match(String(first), expected);
      assert.match(String(first), /accounts\.spotify\.com, api\.spotify\.com/);
      assert.deepEqual(more, []);
    });
  }

  it('a server that is out of order, and a wrong clock', async () => {
    const { spotify, editor } = suite;
    spotify.faults.next(1, { status: 503 });
    const [busy] = await editor.items('Findings');
    assert.match(String(busy), /^(accounts|api)\.spotify\.com answers with HTTP status 503\./);
    spotify.clock.advance(-600);
    const [clock] = await editor.items('Findings');
    assert.match(String(clock), /^The clock of this computer is wrong by 10 minutes\./);
  });

  it('a proxy in VS Code’s settings that wants a password', async function () {
    const { spotify, editor } = suite;
    const { hostname } = new URL(spotify.accountsUrl);
    if (hostname === '127.0.0.1') {
      console.log('      skipped: VS Code sends nothing to 127.0.0.1 through a proxy');
      return this.skip();
    }
    const proxy = createServer((_, response) => response.writeHead(407).end());
    proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Authenticate\r\n\r\n'));
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const http = vscode.workspace.getConfiguration('http');
    const { port } = proxy.address() as AddressInfo;
    const url = `http://alva:s3cret-of-the-proxy@127.0.0.1:${port}`;
    await http.update('proxy', url, vscode.ConfigurationTarget.Global);
    try {
      const text = String(await editor.report());
      assert.match(
        text,
        /^- The proxy requires a user name and a password to connect to accounts/m,
      );
      assert.match(text, new RegExp(`^- Proxy: http://…:${port}, from http.proxy, with a`, 'm'));
      assert.ok(!text.includes('s3cret') && !text.includes('alva'), text);
    } finally {
      await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.close();
      proxy.closeAllConnections();
    }
  });
});
