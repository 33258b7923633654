import assert from 'node:assert/strict';
import { namesInUrl } from '../../../src/diagnosis/namesInUrl.ts';

describe('the names in a URL', () => {
  for (const [url, expected] of [
    [undefined, []],
    ['http://127.0.0.1:8914/callback', []],
    ['https://vscode.dev/redirect', []],
    ['http://user:50%off@proxy.corp.example:3128', ['proxy.corp.example', 'user', '50%off']],
    ['http://al%20va:p%40ss@proxy/', ['proxy', 'al va', 'p@ss']],
    ['proxy.corp.example:3128', ['proxy.corp.example:3128', 'proxy.corp.example', '3128']],
    ['no address', ['no address', 'no', 'address']],
  ] as const) {
    it(`are [${expected.join(', ')}] in ${String(url)}`, () => {
      assert.deepEqual(namesInUrl(url), expected);
    });
  }
});
