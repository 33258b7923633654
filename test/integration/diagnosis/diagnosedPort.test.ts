import assert from 'node:assert/strict';
import type { PortFinding } from '../../../src/diagnosis/machine.ts';
import { DiagnosedEditor, itemsOf } from '../diagnosedEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/diagnosis/advice.ts and src/messages/advice.ts. */
describe('Diagnose Sign-In, for a loopback port that cannot be opened', () => {
  const suite = integrationSuite({ editor: () => new DiagnosedEditor() });

  for (const [finding, value, advice] of [
    [
      { port: 50000, fault: 'portReserved', code: 'EACCES' },
      '50000 cannot be opened (EACCES)',
      /^The operating system reserves port 50000 of this computer, .* What to do: Register /,
    ],
    [
      { port: 50000, fault: 'cannotListen', code: 'EADDRNOTAVAIL' },
      '50000 cannot be opened (EADDRNOTAVAIL)',
      /^Port 50000 of this computer cannot be used, /,
    ],
    [
      { port: 50000, fault: 'portInUse', code: 'EADDRINUSE' },
      '50000 is in use',
      /^Another program, or a sign-in in another window, uses port 50000 of .* What to do: Stop /,
    ],
    [
      { port: 0, fault: 'cannotListen', code: 'EACCES' },
      'cannot be opened (EACCES)',
      /^No port of this computer can be used, /,
    ],
  ] as const satisfies [PortFinding, string, RegExp][]) {
    it(`says ${finding.fault} of port ${finding.port} after ${finding.code}`, async () => {
      const { editor } = suite;
      const tryLoopbackPort = () => Promise.resolve(finding);
      const machine = { ...editor.window.context.machine, tryLoopbackPort };
      const text = await editor.report({ machine });
      assert.ok(itemsOf(text, 'Sign-In Flows').includes(`Loopback port: ${value}`));
      assert.match(itemsOf(text, 'Findings')[0] ?? '', advice);
    });
  }
});
