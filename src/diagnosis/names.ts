import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import { configuredClientId, configuredRedirectUri } from '../configuration.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { addressNames } from './addressNames.ts';
import type { DiagnosisContext } from './look.ts';
import { found, outcomeOf } from './outcome.ts';

/** Those of the settings and the environment. */
const ADDRESSES: readonly (() => string | undefined)[] = [
  configuredRedirectUri,
  () => vscode.workspace.getConfiguration('http').get<string>('proxy'),
  () => process.env['HTTPS_PROXY'],
  () => process.env['HTTP_PROXY'],
  () => process.env['https_proxy'],
  () => process.env['http_proxy'],
];

/** What would tell whose report it is. */
export interface Names {
  readonly names: readonly (string | undefined)[];
  /** Whether all could be found out; what others have written may else tell more. */
  readonly isComplete: boolean;
}

/** Those of the person, the computer, the accounts and the app. */
export async function namesOf({ store, environment }: DiagnosisContext): Promise<Names> {
  const outcomes = await Promise.all([
    outcomeOf(() => [os.homedir(), os.hostname()]),
    outcomeOf(() => [os.userInfo().username]),
    outcomeOf(() => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)),
    outcomeOf(async () => (await store.all()).flatMap(ofSession)),
    outcomeOf(() => [configuredClientId(), configuredRedirectUri()]),
    ...ADDRESSES.map((address) => outcomeOf(() => addressNames(address()))),
    outcomeOf(async () => [(await environment.survey()).pageHost]),
  ]);
  return {
    names: outcomes.flatMap((outcome): (string | undefined)[] => found(outcome) ?? []),
    isComplete: outcomes.every((outcome) => 'found' in outcome),
  };
}

function ofSession({ id, clientId, account }: StoredSession): string[] {
  return [id, clientId, account.id, account.profileId, account.label];
}
