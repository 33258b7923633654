import * as vscode from 'vscode';
import type { Fetch } from '../auth/transport.ts';
import {
  type ClientIdSource,
  clientIdSource,
  configuredClientId,
  configuredRedirectUri,
} from '../common/configuration.ts';
import type { ShownLog } from '../common/log.ts';
import { flowOf } from '../common/redirectUri.ts';
import { SPOTIFY, type SpotifyServers } from '../common/spotifyServers.ts';
import { competingExtensions } from '../common/competingExtensions.ts';
import type { SecretsCheck } from './secretsCheck.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import type { ClientIdFinding, ClientSecretSource, Findings, ServerFinding } from './findings.ts';
import type { Machine } from './machine.ts';
import { type CheckResult, runCheck } from './checkResult.ts';
import type { ProxySettings } from './proxyFinding.ts';
import { sessionFindings } from './sessionFindings.ts';
import { versionsFinding } from './versionsFinding.ts';
import { flowsFinding } from './flowsFinding.ts';

/** What the diagnosis needs to know of an app whose client secret is known. */
interface AppInfo {
  readonly isFromEnvironment: boolean;
}

/** The objects that the checks examine. */
export interface DiagnosisContext {
  readonly store: Pick<SessionStore, 'all'>;
  readonly secretsCheck: SecretsCheck;
  readonly appSessions: { current(): Promise<AppInfo | undefined> };
  readonly machine: Machine;
  readonly environment: {
    readonly servers: SpotifyServers;
    readonly fetch: Fetch;
    readonly queryEnvironment: () => Promise<FlowQuery>;
  };
  readonly log: Pick<ShownLog, 'problems'>;
}

/**
 * Runs all checks. A check that fails or hangs does not stop the others.
 * @param signal Aborts the requests to the servers.
 */
export async function runChecks(context: DiagnosisContext, signal: AbortSignal): Promise<Findings> {
  const { store, secretsCheck, appSessions, environment, log, machine } = context;
  const { tryLoopbackPort, findProxy } = machine;
  const clientId = configuredClientId();
  const [flows, port, servers, sessions] = await Promise.all([
    runCheck(async () => flowsFinding(await environment.queryEnvironment())),
    tryLoopbackPort && runCheck(() => tryLoopbackPort(loopbackRedirectUri())),
    askServers(context, signal),
    runCheck(async () => sessionFindings(await store.all(), clientId)),
  ]);
  return {
    at: new Date(),
    environment: machine.environmentProblems(),
    versions: await runCheck(() => versionsFinding(machine)),
    competing: await runCheck(() => competingExtensions().length),
    clientId: await runCheck(() => clientIdFinding(clientId, clientIdSource())),
    clientSecret: await runCheck(async () => clientSecretSource(await appSessions.current())),
    flows,
    port,
    servers,
    sessions,
    // This runs after the sessions were read: only then their marker knows whether secrets were lost.
    secrets: await runCheck(() => secretsCheck.run()),
    proxy: findProxy && (await runCheck(() => findProxy(proxySettings()))),
    recent: log.problems,
  };
}

/** Returns the finding about the client ID; undefined if none is configured. */
function clientIdFinding(
  clientId: string | undefined,
  source: ClientIdSource | undefined,
): ClientIdFinding | undefined {
  if (clientId === undefined || source === undefined) return undefined;
  return { source, isWellFormed: /^[\da-f]{32}$/i.test(clientId) };
}

function clientSecretSource(app: AppInfo | undefined): ClientSecretSource {
  if (!app) return 'none';
  return app.isFromEnvironment ? 'environment' : 'secrets';
}

/**
 * Returns the configured redirect URI; undefined if none is configured or it does not belong to the
 * loopback flow.
 */
function loopbackRedirectUri(): string | undefined {
  const redirectUri = configuredRedirectUri();
  if (redirectUri === undefined) return undefined;
  return flowOf(redirectUri, vscode.env.uriScheme) === 'loopback' ? redirectUri : undefined;
}

function askServers(
  { environment, machine }: DiagnosisContext,
  signal: AbortSignal,
): Promise<CheckResult<ServerFinding>[]> {
  const { servers, fetch } = environment;
  const asked = [
    { url: servers.accounts.token, spotify: SPOTIFY.accounts.token },
    // This request has no token. Spotify answers it with 401.
    { url: `${servers.apiUrl}/v1/me`, spotify: `${SPOTIFY.apiUrl}/v1/me` },
  ];
  const ask = async ({ url, spotify }: (typeof asked)[number]): Promise<ServerFinding> => ({
    name: new URL(spotify).host,
    isTestServer: url !== spotify,
    answer: await machine.reach(url, { fetch, signal }),
  });
  return Promise.all(asked.map((server) => runCheck(() => ask(server))));
}

function proxySettings(): ProxySettings {
  const http = vscode.workspace.getConfiguration('http');
  return { proxy: http.get('proxy'), support: http.get('proxySupport') };
}
