import assert from 'node:assert/strict';
import { proxyFinding } from '../../../src/diagnosis/proxyFinding.ts';

const none = { proxy: undefined, support: 'override' };
const WITH_PASSWORD = 'http://alva:s3cret@proxy.example.com:3128/x?y';

describe('the proxy that is named', () => {
  for (const [name, settings, environment, expected] of [
    ['nowhere', none, {}, undefined],
    ['nowhere, as empty as the setting is', { proxy: '', support: 'on' }, {}, undefined],
    ['by the setting', { ...none, proxy: WITH_PASSWORD }, { HTTPS_PROXY: 'x' }, 'http.proxy'],
    ['by HTTPS_PROXY', none, { https_proxy: WITH_PASSWORD, HTTP_PROXY: 'x' }, 'HTTPS_PROXY'],
    ['by HTTP_PROXY', none, { HTTP_PROXY: WITH_PASSWORD }, 'HTTP_PROXY'],
  ] as const) {
    it(`is found ${name}, without its host and password`, () => {
      const found = proxyFinding(settings, environment);
      const address = 'http://…:3128';
      assert.deepEqual(
        found,
        expected && { source: expected, address, hasCredentials: true, isOff: false },
      );
    });
  }

  it('may be off, have no port, or be no address', () => {
    const off = proxyFinding({ proxy: 'https://proxy.example.com', support: 'off' }, {});
    assert.deepEqual([off?.isOff, off?.address, off?.hasCredentials], [true, 'https://…', false]);
    for (const proxy of ['alva:s3cret@proxy:3128', 'proxy.example.com', 'secret://x:1']) {
      assert.equal(proxyFinding({ ...none, proxy }, {})?.address, undefined);
    }
  });
});
