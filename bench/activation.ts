import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { OWN_ID } from '../test/integration/signInRequest.ts';
import type { Samples } from './run.ts';

const LOADS = 30;

/** Measures the activation, and repeated loading of the bundle, which takes most of its time. */
export async function activationTimes(): Promise<Samples> {
  const extension = vscode.extensions.getExtension(OWN_ID);
  if (!extension || extension.isActive) throw new Error('The extension is missing, or active.');
  const start = performance.now();
  await extension.activate();
  const activation = performance.now() - start;

  const bundle = path.join(extension.extensionPath, 'dist', 'extension.cjs');
  const load = createRequire(bundle);
  const loads = Array.from({ length: LOADS }, () => {
    Reflect.deleteProperty(load.cache, bundle);
    const begin = performance.now();
    load(bundle);
    return performance.now() - begin;
  });
  return new Map([
    ['activate, as VS Code measures it', [activation]],
    [`require of the bundle, ${LOADS} times`, loads],
  ]);
}
