import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { mochaHooks } from '../keptOutput.ts';
import { OWN_ID } from './signInRequest.ts';

/** VS Code calls this inside the extension host; a rejection is a failed run. */
export async function run(): Promise<void> {
  // Otherwise what it does after the activation may reach a test that counts calls of VS Code.
  await vscode.extensions.getExtension(OWN_ID)?.activate();
  await vscode.authentication.getAccounts('spotify');
  const mocha = new Mocha({
    reporter: path.resolve(import.meta.dirname, '../../test/countingReporter.cjs'),
    timeout: 30_000,
    forbidOnly: true,
    rootHooks: mochaHooks,
  });
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  // The bundles of the suites, or the suites themselves.
  const suites = files.filter((file) => /\.test\.(cjs|ts)$/.test(file));
  for (const suite of suites) mocha.addFile(path.join(import.meta.dirname, suite));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} integration test(s) failed.`);
}
