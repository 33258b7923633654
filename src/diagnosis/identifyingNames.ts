import * as vscode from 'vscode';
import { configuredClientId, configuredRedirectUri } from '../common/configuration.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { findingOf, runCheck } from './checkResult.ts';
import { namesInUrl } from './namesInUrl.ts';
import type { DiagnosisContext } from './runChecks.ts';

/** The environment variables that name a proxy. */
const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'];

/** The names by which a reader of the report could tell whose report it is. */
export interface IdentifyingNames {
  readonly names: readonly (string | undefined)[];
  /** False if names could not be read. Log lines may then contain a name that is not in `names`. */
  readonly isComplete: boolean;
}

/** Collects the names of the user, the computer, the accounts and the app. */
export async function collectIdentifyingNames(
  context: DiagnosisContext,
): Promise<IdentifyingNames> {
  const { store, environment } = context;
  const { names, proxyVariables } = context.machine;
  const results = await Promise.all([
    ...names.map((listNames) => runCheck(listNames)),
    runCheck(() => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)),
    runCheck(async () => (await store.all()).flatMap(namesOfSession)),
    runCheck(() => [configuredClientId(), configuredRedirectUri()]),
    runCheck(() => namesInUrl(configuredRedirectUri())),
    runCheck(() => namesInUrl(vscode.workspace.getConfiguration('http').get('proxy'))),
    runCheck(() => PROXY_VARIABLES.flatMap((name) => namesInUrl(proxyVariables?.()[name]))),
    runCheck(async () => [(await environment.queryEnvironment()).pageHost]),
  ]);
  return {
    names: results.flatMap((result) => findingOf<readonly (string | undefined)[]>(result) ?? []),
    isComplete: results.every((result) => 'finding' in result),
  };
}

function namesOfSession({ id, client, account }: StoredSession): string[] {
  return [id, client.id, account.id, account.profileId, account.label];
}
