import {
  choiceStrings,
  clientIdStrings,
  clientSecretStrings,
  headings,
  labels,
  networkStrings,
  placeStrings,
  portStrings,
  reportStrings,
  sessionStrings,
  survivalStrings,
} from '../messages/diagnosis.ts';
import type { SecretsFinding } from './secretsCheck.ts';
import type { Choice } from '../flows/chooseFlow.ts';
import type { ClientIdFinding, ClientSecretSource, Findings, ServerFinding } from './findings.ts';
import type { PortFinding } from './machine.ts';
import { found, type CheckResult } from './checkResult.ts';
import { skewOf } from './problems.ts';
import type { ProxyFinding } from './proxy.ts';
import type { SessionFinding } from './sessions.ts';
import type { Versions } from './versions.ts';
import type { FlowsFinding } from './flows.ts';

/** A label and its value. */
export type Fact = readonly [label: string, value: string];

/** One part of a report. */
export interface Section {
  readonly heading: string;
  readonly facts: readonly Fact[];
}

/**
 * All that was found, in words.
 * @param clean Takes out of an error's description what tells whose it is.
 */
export function sectionsOf(findings: Findings, clean: (failed: unknown) => string): Section[] {
  /** The facts, or why there are none; nothing of what cannot be found out here. */
  const told = <T>(
    result: CheckResult<T> | undefined,
    label: string,
    facts: (found: T) => Fact[],
  ): Fact[] => {
    if (!result) return [];
    if ('found' in result) return facts(result.found);
    return [[label, reportStrings.failed(clean(result.failed))]];
  };
  const { versions, competing, clientId, clientSecret, flows, port } = findings;
  const { secrets, proxy, servers, sessions } = findings;
  const network = servers.flatMap((server) => told(server, headings.network(), ofServer));
  return [
    section(
      headings.versions(),
      told(versions, headings.versions(), ofVersions),
      told(flows, labels.extensionHost(), ofHost),
      told(competing, labels.competing(), ofCompeting),
    ),
    section(
      headings.clientId(),
      told(clientId, labels.clientId(), ofClientId),
      told(clientSecret, labels.clientSecret(), ofClientSecret),
    ),
    section(
      headings.flows(),
      told(flows, headings.flows(), ofFlows),
      told(port, labels.port(), ofPort),
    ),
    section(headings.secrets(), told(secrets, headings.secrets(), ofSecrets)),
    section(
      headings.network(),
      told(proxy, labels.proxy(), ofProxy),
      network,
      servers.every(isHidden) ? [] : [ofClock(skewOf(servers))],
    ),
    section(headings.sessions(), told(sessions, headings.sessions(), ofSessions)),
  ];
}

function section(heading: string, ...facts: readonly (readonly Fact[])[]): Section {
  return { heading, facts: facts.flat() };
}

function ofVersions(versions: Versions): Fact[] {
  return [
    [labels.extension(), versions.extension],
    [labels.editor(), versions.editor],
    [labels.appHost(), versions.appHost],
    [labels.uriScheme(), versions.uriScheme],
    [labels.ui(), placeStrings[versions.ui]()],
    [labels.remote(), ofRemote(versions.remote)],
    ...(versions.system ? [[labels.system(), versions.system] as const] : []),
    [labels.runtime(), versions.runtime],
  ];
}

function ofHost({ place }: FlowsFinding): Fact[] {
  return [[labels.extensionHost(), placeStrings.host[place.host]()]];
}

function ofCompeting(count: number): Fact[] {
  return [[labels.competing(), count === 0 ? reportStrings.none() : String(count)]];
}

function ofRemote(remote: string | undefined): string {
  if (remote === undefined) return reportStrings.none();
  return remote || placeStrings.otherRemote();
}

function ofClientId(clientId: ClientIdFinding | undefined): Fact[] {
  if (!clientId) return [[labels.clientId(), reportStrings.none()]];
  const form = clientId.isWellFormed ? clientIdStrings.wellFormed : clientIdStrings.malformed;
  return [[labels.clientId(), form(clientIdStrings[clientId.source]())]];
}

function ofClientSecret(source: ClientSecretSource): Fact[] {
  return [[labels.clientSecret(), clientSecretStrings[source]()]];
}

function ofSecrets({ givesBack, survival }: SecretsFinding): Fact[] {
  return [
    [labels.givesBack(), givesBack ? reportStrings.yes() : reportStrings.no()],
    [labels.survival(), survivalStrings[survival]()],
  ];
}

function ofFlows({ place, pageHost, redirectUri, choices, toRegister }: FlowsFinding): Fact[] {
  const shown = (uri: string) => (uri === '' ? placeStrings.notShown() : `\`${uri}\``);
  const first = choices.find(({ obstacle }) => obstacle === undefined);
  return [
    ...choices.map((choice): Fact => [choice.flow, ofChoice(choice, choice === first)]),
    ...(pageHost ? [[labels.pageHost(), placeStrings.pageHost[pageHost]()] as const] : []),
    [labels.signInFlow(), place.signInFlow],
    [labels.redirectUri(), redirectUri === undefined ? reportStrings.none() : shown(redirectUri)],
    [labels.toRegister(), toRegister.map(shown).join(', ')],
  ];
}

function ofChoice({ obstacle }: Choice, isFirst: boolean): string {
  if (obstacle) return choiceStrings.not(choiceStrings.obstacles[obstacle]());
  return isFirst ? choiceStrings.first() : choiceStrings.next();
}

function ofPort({ port, fault, code }: PortFinding): Fact[] {
  if (!fault) return [[labels.port(), portStrings.free(port)]];
  const isInUse = fault === 'inUse';
  return [
    [labels.port(), isInUse ? portStrings.inUse(port) : portStrings.cannotListen(code ?? '?')],
  ];
}

function ofProxy(proxy: ProxyFinding | undefined): Fact[] {
  if (!proxy) return [[labels.proxy(), networkStrings.noProxy()]];
  const { address = networkStrings.noAddress(), source, hasCredentials, isOff } = proxy;
  let words = networkStrings.proxy(address, source);
  if (hasCredentials) words = networkStrings.withCredentials(words);
  return [[labels.proxy(), isOff ? networkStrings.proxyOff(words) : words]];
}

function ofServer({ name, isTestServer, answer }: ServerFinding): Fact[] {
  const words =
    'fault' in answer
      ? networkStrings.fault(answer.fault.code ?? answer.fault.kind)
      : answered(answer.status);
  return [[name, isTestServer ? networkStrings.testServer(words) : words]];
}

const answered = (status: number | undefined): string =>
  status === undefined ? networkStrings.answersUnseen() : networkStrings.answers(status);

/** Whether a browser keeps to itself what a server has said. */
function isHidden(server: CheckResult<ServerFinding>): boolean {
  const answer = found(server)?.answer;
  return answer !== undefined && 'status' in answer && answer.status === undefined;
}

function ofClock(skew: number | undefined): Fact {
  if (skew === undefined) return [labels.clock(), networkStrings.clockUnknown()];
  if (skew === 0) return [labels.clock(), networkStrings.clockAgrees()];
  const words = skew > 0 ? networkStrings.clockAhead : networkStrings.clockBehind;
  return [labels.clock(), words(Math.abs(skew))];
}

function ofSessions(sessions: readonly SessionFinding[]): Fact[] {
  if (sessions.length === 0) return [[headings.sessions(), reportStrings.none()]];
  return sessions.map((session) => [labels.account(session.account), ofSession(session)]);
}

function ofSession(session: SessionFinding): string {
  const { scopes, otherScopes, client, suspendedSeconds } = session;
  return [
    sessionStrings.token(session.tokenSeconds),
    sessionStrings.consent(session.consentSeconds),
    sessionStrings.client[client](),
    ...(suspendedSeconds === undefined ? [] : [sessionStrings.refused(suspendedSeconds)]),
    sessionStrings.scopes(scopes, otherScopes),
  ].join('; ');
}
