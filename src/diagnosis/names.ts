import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import { configuredClientId, configuredRedirectUri } from '../configuration.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { DiagnosisContext } from './look.ts';
import { found, outcomeOf } from './outcome.ts';

/** What would tell whose report it is: of the person, the computer, the accounts and the app. */
export async function namesOf({
  store,
  environment,
}: DiagnosisContext): Promise<(string | undefined)[]> {
  const names = await Promise.all([
    outcomeOf(() => [os.homedir(), os.hostname()]),
    outcomeOf(() => [os.userInfo().username]),
    outcomeOf(() => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)),
    outcomeOf(async () => (await store.all()).flatMap(ofSession)),
    outcomeOf(() => [configuredClientId(), configuredRedirectUri()]),
    outcomeOf(() => addresses().flatMap(ofAddress)),
    outcomeOf(async () => [(await environment.survey()).pageHost]),
  ]);
  return names.flatMap((outcome): (string | undefined)[] => found(outcome) ?? []);
}

function ofSession({ id, clientId, account }: StoredSession): string[] {
  return [id, clientId, account.id, account.profileId, account.label];
}

/** Those of the settings and the environment. */
function addresses(): (string | undefined)[] {
  const { HTTPS_PROXY, HTTP_PROXY, https_proxy, http_proxy } = process.env;
  const setting = vscode.workspace.getConfiguration('http').get<string>('proxy');
  return [configuredRedirectUri(), setting, HTTPS_PROXY, HTTP_PROXY, https_proxy, http_proxy];
}

/** Whatever of it could be a name. */
function ofAddress(url: string | undefined): string[] {
  if (!url || !URL.canParse(url)) return url ? [url] : [];
  const { hostname, username, password } = new URL(url);
  return [hostname, decodeURIComponent(username), decodeURIComponent(password)].filter(
    (name) => !/^(127\.0\.0\.1|\[::1\]|localhost|vscode\.dev)$/.test(name),
  );
}
