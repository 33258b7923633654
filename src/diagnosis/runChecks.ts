import * as vscode from 'vscode';
import type { Fetch } from '../auth/transport.ts';
import {
  type ClientIdSource,
  clientIdSource,
  configuredClientId,
  configuredRedirectUri,
  SPOTIFY,
  type SpotifyServers,
} from '../common/configuration.ts';
import type { ShownLog } from '../common/log.ts';
import { flowOf } from '../common/redirectUri.ts';
import { competingExtensions } from '../common/competingExtensions.ts';
import type { SecretsCheck } from './secretsCheck.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import type { ClientIdFinding, ClientSecretSource, Findings, ServerFinding } from './findings.ts';
import type { Machine } from './machine.ts';
import { type CheckResult, runCheck } from './checkResult.ts';
import { namedProxy, type ProxySettings } from './proxy.ts';
import { sessionFindings } from './sessions.ts';
import { versions } from './versions.ts';
import { flowsFinding } from './flows.ts';

/** What is asked of an app whose client secret is known. */
interface AppSecret {
  readonly isFromEnvironment: boolean;
}

/** What is looked at. */
export interface DiagnosisContext {
  readonly store: Pick<SessionStore, 'all'>;
  readonly secretsCheck: SecretsCheck;
  readonly appSessions: { current(): Promise<AppSecret | undefined> };
  readonly machine: Machine;
  readonly environment: {
    readonly servers: SpotifyServers;
    readonly fetch: Fetch;
    readonly queryEnvironment: () => Promise<FlowQuery>;
  };
  readonly log: Pick<ShownLog, 'problems'>;
}

/** Makes every check there is; none keeps another from being made. */
export async function runChecks(context: DiagnosisContext, signal: AbortSignal): Promise<Findings> {
  const { store, secretsCheck, appSessions, environment, log, machine } = context;
  const { tryLoopbackPort, proxyVariables } = machine;
  const clientId = configuredClientId();
  const [flows, port, servers, sessions] = await Promise.all([
    runCheck(async () => flowsFinding(await environment.queryEnvironment())),
    tryLoopbackPort && runCheck(() => tryLoopbackPort(loopbackRedirectUri())),
    askServers(context, signal),
    runCheck(async () => sessionFindings(await store.all(), clientId)),
  ]);
  return {
    at: new Date(),
    versions: await runCheck(() => versions(machine)),
    competing: await runCheck(() => competingExtensions().length),
    clientId: await runCheck(() => clientIdFinding(clientId, clientIdSource())),
    clientSecret: await runCheck(async () => clientSecretSource(await appSessions.current())),
    ...{ flows, port, servers, sessions },
    // Not before the sessions were read, which looks for what was lost.
    secrets: await runCheck(() => secretsCheck.run()),
    proxy: proxyVariables && (await runCheck(() => namedProxy(proxySettings(), proxyVariables()))),
    recent: log.problems,
  };
}

/** Undefined where there is no client ID. */
function clientIdFinding(
  clientId: string | undefined,
  source: ClientIdSource | undefined,
): ClientIdFinding | undefined {
  if (clientId === undefined || source === undefined) return undefined;
  return { source, isWellFormed: /^[\da-f]{32}$/i.test(clientId) };
}

function clientSecretSource(app: AppSecret | undefined): ClientSecretSource {
  if (!app) return 'none';
  return app.isFromEnvironment ? 'environment' : 'secrets';
}

/** The redirect URI of the settings, where it says what to listen on. */
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
    // Without a token it answers 401, which only Spotify does.
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
