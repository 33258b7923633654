import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';

interface Manifest {
  readonly capabilities: unknown;
  readonly extensionKind: unknown;
  readonly contributes: {
    readonly configuration: { readonly properties: Record<string, { scope?: string }> };
  };
}

/** About package.json. */
describe('the manifest', () => {
  let manifest: Manifest;

  before(async () => {
    manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;
  });

  it('lets no workspace change a setting', () => {
    const settings = Object.entries(manifest.contributes.configuration.properties);
    assert.notEqual(settings.length, 0);
    for (const [name, { scope }] of settings) {
      assert.ok(
        ['application', 'machine'].includes(scope ?? ''),
        `${name} has scope ${String(scope)}`,
      );
    }
  });

  it('lets the extension run in Restricted Mode, in virtual workspaces, and on either computer', () => {
    assert.deepEqual(manifest.capabilities, {
      virtualWorkspaces: true,
      untrustedWorkspaces: { supported: true },
    });
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
  });
});
