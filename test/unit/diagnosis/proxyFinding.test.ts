import assert from 'node:assert/strict';
import { proxyFinding } from '../../../src/diagnosis/proxyFinding.ts';

const none = { proxy: undefined, support: 'override' };
const WITH_PASSWORD = 'http://alva:s3cret@proxy.example.com:3128/x?y';

describe('the configured proxy', () => {
  for (const [name, settings, environment, expected] of [
    ['is undefined if none is configured', none, {}, undefined],
    ['is undefined if the setting is empty', { proxy: '', support: 'on' }, {}, undefined],
    [
      'is found in the setting, without its host and password',
      { ...none, proxy: WITH_PASSWORD },
      { HTTPS_PROXY: 'x' },
      'http.proxy',
    ],
    [
      'is found in HTTPS_PROXY, without its host and password',
      none,
      { https_proxy: WITH_PASSWORD, HTTP_PROXY: 'x' },
      'HTTPS_PROXY',
    ],
    [
      'is found in HTTP_PROXY, without its host and password',
      none,
      { HTTP_PROXY: WITH_PASSWORD },
      'HTTP_PROXY',
    ],
  ] as const) {
    it(name, () => {
      const found = proxyFinding(settings, environment);
      const address = 'http://…:3128';
      assert.deepEqual(
        found,
        expected && { source: expected, address, hasCredentials: true, isOff: false },
      );
    });
  }

  it('may be off, have no port, or be no URL', () => {
    const off = proxyFinding({ proxy: 'https://proxy.example.com', support: 'off' }, {});
    assert.deepEqual([off?.isOff, off?.address, off?.hasCredentials], [true, 'https://…', false]);
    for (const proxy of ['alva:s3cret@proxy:3128', 'proxy.example.com', 'secret://x:1']) {
      assert.equal(proxyFinding({ ...none, proxy }, {})?.address, undefined);
    }
  });
});
