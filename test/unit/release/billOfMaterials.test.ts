import assert from 'node:assert/strict';
import {
  type BillOfMaterials,
  billOfMaterials,
  noticedPackages,
} from '../../../scripts/release/billOfMaterials.ts';

const component = (name: string, version: string) => ({
  'bom-ref': `${name}@${version}`,
  name,
  version,
  scope: 'optional',
  properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
});

/** What npm lists: the bundled package, and one for development. */
const all: BillOfMaterials = {
  serialNumber: 'urn:uuid:0',
  metadata: { timestamp: '2026-12-31T12:00:00.000Z', component: { name: 'folder', author: 'us' } },
  components: [component('oauth4webapi', '3.8.8'), component('mocha', '12.0.3')],
  dependencies: [
    { ref: 'ours@0.2.0', dependsOn: ['oauth4webapi@3.8.8', 'mocha@12.0.3'] },
    { ref: 'oauth4webapi@3.8.8' },
  ],
};

const file = (...bundled: string[]) => ({ name: 'ours', version: '0.2.0', bundled });

/** About scripts/release/billOfMaterials.ts. */
describe('a bill of materials', () => {
  it('lists the packages in the bundle, and none for development', () => {
    const { components, dependencies } = billOfMaterials(all, file('oauth4webapi 3.8.8'), 0);
    assert.deepEqual(components, [
      { ...component('oauth4webapi', '3.8.8'), scope: 'required', properties: [] },
    ]);
    assert.deepEqual(dependencies, [
      { ref: 'ours@0.2.0', dependsOn: ['oauth4webapi@3.8.8'] },
      { ref: 'oauth4webapi@3.8.8' },
    ]);
  });

  it('is about the file, and not about the folder in which npm ran', () => {
    const { name, version, author } = billOfMaterials(all, file(), 0).metadata.component;
    assert.deepEqual([name, version, author], ['ours', '0.2.0', 'us']);
  });

  it('is the same for each build of a commit', () => {
    const bill = billOfMaterials(all, file(), 1_796_000_000);
    assert.equal(bill.serialNumber, undefined);
    assert.equal(bill.metadata.timestamp, new Date(1_796_000_000_000).toISOString());
  });

  it('fails if npm does not know a bundled package', () => {
    assert.throws(
      () => billOfMaterials(all, file('left-pad 1.0.0'), 0),
      /does not list left-pad 1\.0\.0/,
    );
  });

  it('takes the packages from the licenses', () => {
    const line = '='.repeat(72);
    const notices = `Third-party packages:\n\n@a/b 1.0.0\n${line}\nMIT\n\nc 2.0.0\n${line}\nMIT\n`;
    assert.deepEqual(noticedPackages(notices), ['@a/b 1.0.0', 'c 2.0.0']);
  });
});
