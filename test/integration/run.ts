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
    reporter: path.resolve(__dirname, '../../test/countingReporter.cjs'),
    timeout: 30_000,
    forbidOnly: true,
    rootHooks: mochaHooks,
  });
  const suites = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.cjs'),
  );
  for (const suite of suites) mocha.addFile(path.join(__dirname, suite));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} integration test(s) failed.`);
}
