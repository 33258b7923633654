import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isForwarded } from '../../../src/flows/queryEnvironment.ts';
import { replace } from '../replace.ts';

const PORT = 40123;

/** About src/flows/queryEnvironment.ts. */
describe('a loopback port of a remote computer', () => {
  const replaced: Disposable[] = [];

  afterEach(() => {
    for (const one of replaced.splice(0).reverse()) one[Symbol.dispose]();
  });

  /** Returns `isForwarded` in a desktop editor that returns `address` for the port. */
  function ask(address: string, host: 'local' | 'remote' = 'remote'): Promise<boolean> {
    const asExternalUri = () => Promise.resolve(vscode.Uri.parse(address));
    replaced.push(replace(vscode.env, { uiKind: vscode.UIKind.Desktop, asExternalUri }));
    return isForwarded(PORT, host);
  }

  it('is forwarded if VS Code returns the same port', async () => {
    assert.ok('openTunnel' in vscode.workspace);
    assert.equal(await ask(`http://127.0.0.1:${PORT}/`), true);
    assert.equal(await ask(`http://localhost:${PORT}/`), true);
  });

  it('is not forwarded if VS Code returns another port or host', async () => {
    assert.equal(await ask('http://127.0.0.1:40124/'), false);
    assert.equal(await ask(`https://x-${PORT}.example.dev/`), false);
  });

  it('is not forwarded by an editor without tunnels, which returns the address as it is', async () => {
    const { openTunnel } = vscode.workspace as { openTunnel?: unknown };
    assert.equal(typeof openTunnel, 'function');
    assert.ok(Reflect.deleteProperty(vscode.workspace, 'openTunnel'));
    replaced.push({
      [Symbol.dispose]: () => void Object.assign(vscode.workspace, { openTunnel }),
    });
    assert.equal(await ask(`http://127.0.0.1:${PORT}/`), false);
    assert.equal(await ask(`http://127.0.0.1:${PORT}/`, 'local'), true);
  });
});
