import * as vscode from 'vscode';
import { configuredClientId, configuredRedirectUri } from '../common/configuration.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { addressNames } from './addressNames.ts';
import type { DiagnosisContext } from './runChecks.ts';
import { found, runCheck } from './checkResult.ts';

/** Of a proxy. */
const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'];

/** What would tell whose report it is. */
export interface Names {
  readonly names: readonly (string | undefined)[];
  /** Whether all could be found out; what others have written may else tell more. */
  readonly isComplete: boolean;
}

/** Those of the person, the computer, the accounts and the app. */
export async function namesOf({ store, environment, machine }: DiagnosisContext): Promise<Names> {
  const { names, proxyVariables } = machine;
  const results = await Promise.all([
    ...names.map((some) => runCheck(some)),
    runCheck(() => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)),
    runCheck(async () => (await store.all()).flatMap(ofSession)),
    runCheck(() => [configuredClientId(), configuredRedirectUri()]),
    runCheck(() => addressNames(configuredRedirectUri())),
    runCheck(() => addressNames(vscode.workspace.getConfiguration('http').get('proxy'))),
    runCheck(() => VARIABLES.flatMap((name) => addressNames(proxyVariables?.()[name]))),
    runCheck(async () => [(await environment.queryEnvironment()).pageHost]),
  ]);
  return {
    names: results.flatMap((result) => found<readonly (string | undefined)[]>(result) ?? []),
    isComplete: results.every((result) => 'found' in result),
  };
}

function ofSession({ id, client, account }: StoredSession): string[] {
  return [id, client.id, account.id, account.profileId, account.label];
}
