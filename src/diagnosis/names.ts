import * as vscode from 'vscode';
import { configuredClientId, configuredRedirectUri } from '../common/configuration.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { addressNames } from './addressNames.ts';
import type { DiagnosisContext } from './runChecks.ts';
import { found, outcomeOf } from './checkResult.ts';

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
  const outcomes = await Promise.all([
    ...names.map((some) => outcomeOf(some)),
    outcomeOf(() => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)),
    outcomeOf(async () => (await store.all()).flatMap(ofSession)),
    outcomeOf(() => [configuredClientId(), configuredRedirectUri()]),
    outcomeOf(() => addressNames(configuredRedirectUri())),
    outcomeOf(() => addressNames(vscode.workspace.getConfiguration('http').get('proxy'))),
    outcomeOf(() => VARIABLES.flatMap((name) => addressNames(proxyVariables?.()[name]))),
    outcomeOf(async () => [(await environment.survey()).pageHost]),
  ]);
  return {
    names: outcomes.flatMap((outcome) => found<readonly (string | undefined)[]>(outcome) ?? []),
    isComplete: outcomes.every((outcome) => 'found' in outcome),
  };
}

function ofSession({ id, clientId, account }: StoredSession): string[] {
  return [id, clientId, account.id, account.profileId, account.label];
}
