import assert from 'node:assert/strict';
import { portFault } from '../../../src/common/portFault.ts';

describe('portFault', () => {
  for (const [code, port, fault] of [
    ['EADDRINUSE', 4000, 'portInUse'],
    ['EACCES', 4000, 'portReserved'],
    ['EACCES', 0, 'cannotListen'],
    ['EADDRNOTAVAIL', 4000, 'cannotListen'],
    [undefined, 4000, 'cannotListen'],
  ] as const) {
    it(`is ${fault} for ${code} on port ${port}`, () => {
      assert.equal(portFault(code, port), fault);
    });
  }
});
