import type { Choice } from '../flows/chooseFlow.ts';
import { headings, labels, reportStrings } from '../messages/diagnosis.ts';
import {
  choiceStrings,
  clientIdStrings,
  clientSecretStrings,
  networkStrings,
  environmentStrings,
  portStrings,
  sessionStrings,
  survivalStrings,
} from '../messages/diagnosisValues.ts';
import { measuredSkew } from './advice.ts';
import { findingOf, type CheckResult } from './checkResult.ts';
import type { ClientIdFinding, ClientSecretSource, Findings, ServerFinding } from './findings.ts';
import type { FlowsFinding } from './flowsFinding.ts';
import type { PortFinding } from './machine.ts';
import type { ProxyFinding } from './proxyFinding.ts';
import type { SecretsFinding } from './secretsCheck.ts';
import type { SessionFinding } from './sessionFindings.ts';
import type { VersionsFinding } from './versionsFinding.ts';

/** A line of the report. */
type ReportItem = readonly [label: string, value: string];

/** A section of the report. */
export interface ReportSection {
  readonly heading: string;
  readonly items: readonly ReportItem[];
}

/**
 * Makes the sections of the report from the findings.
 * @param describeFailure Describes the error of a failed check. The description does not identify the
 * user.
 */
export function reportSections(
  findings: Findings,
  describeFailure: (error: unknown) => string,
): ReportSection[] {
  /**
   * Returns the lines about a finding. Returns one line with the error if the check failed, and none if
   * the check did not run.
   */
  const items = <T>(
    result: CheckResult<T> | undefined,
    label: string,
    itemsOf: (finding: T) => ReportItem[],
  ): ReportItem[] => {
    if (!result) return [];
    if ('finding' in result) return itemsOf(result.finding);
    return [[label, reportStrings.failed(describeFailure(result.error))]];
  };
  const { versions, competing, clientId, clientSecret, flows, port } = findings;
  const { secrets, proxy, servers, sessions } = findings;
  const network = servers.flatMap((server) => items(server, headings.network(), serverItems));
  return [
    section(
      headings.versions(),
      items(versions, headings.versions(), versionItems),
      items(flows, labels.extensionHost(), hostItems),
      items(competing, labels.competing(), competingItems),
    ),
    section(
      headings.clientId(),
      items(clientId, labels.clientId(), clientIdItems),
      items(clientSecret, labels.clientSecret(), clientSecretItems),
    ),
    section(
      headings.flows(),
      items(flows, headings.flows(), flowItems),
      items(port, labels.port(), portItems),
    ),
    section(headings.secrets(), items(secrets, headings.secrets(), secretsItems)),
    section(
      headings.network(),
      items(proxy, labels.proxy(), proxyItems),
      network,
      servers.every(isAnswerHidden) ? [] : [clockItem(measuredSkew(servers))],
    ),
    section(headings.sessions(), items(sessions, headings.sessions(), sessionItems)),
  ];
}

function section(heading: string, ...items: readonly (readonly ReportItem[])[]): ReportSection {
  return { heading, items: items.flat() };
}

function versionItems(versions: VersionsFinding): ReportItem[] {
  return [
    [labels.extension(), versions.extension],
    [labels.editor(), versions.editor],
    [labels.appHost(), versions.appHost],
    [labels.uriScheme(), versions.uriScheme],
    [labels.ui(), environmentStrings[versions.ui]()],
    [labels.remote(), remoteValue(versions.remote)],
    ...(versions.system ? [[labels.system(), versions.system] as const] : []),
    [labels.runtime(), versions.runtime],
  ];
}

function remoteValue(remote: string | undefined): string {
  if (remote === undefined) return reportStrings.none();
  return remote || environmentStrings.otherRemote();
}

function hostItems({ query }: FlowsFinding): ReportItem[] {
  return [[labels.extensionHost(), environmentStrings.host[query.host]()]];
}

function competingItems(count: number): ReportItem[] {
  return [[labels.competing(), count === 0 ? reportStrings.none() : String(count)]];
}

function clientIdItems(clientId: ClientIdFinding | undefined): ReportItem[] {
  if (!clientId) return [[labels.clientId(), reportStrings.none()]];
  const form = clientId.isWellFormed ? clientIdStrings.wellFormed : clientIdStrings.malformed;
  return [[labels.clientId(), form(clientIdStrings[clientId.source]())]];
}

function clientSecretItems(source: ClientSecretSource): ReportItem[] {
  return [[labels.clientSecret(), clientSecretStrings[source]()]];
}

function secretsItems({ givesBack, survival }: SecretsFinding): ReportItem[] {
  return [
    [labels.givesBack(), givesBack ? reportStrings.yes() : reportStrings.no()],
    [labels.survival(), survivalStrings[survival]()],
  ];
}

function flowItems(flows: FlowsFinding): ReportItem[] {
  const { query, pageHost, redirectUri, choices, toRegister } = flows;
  const shown = (uri: string) => (uri === '' ? environmentStrings.notShown() : `\`${uri}\``);
  const first = choices.find(({ obstacle }) => obstacle === undefined);
  return [
    ...choices.map((choice): ReportItem => [choice.flow, choiceValue(choice, choice === first)]),
    ...(pageHost ? [[labels.pageHost(), environmentStrings.pageHost[pageHost]()] as const] : []),
    [labels.signInFlow(), query.signInFlow],
    [labels.redirectUri(), redirectUri === undefined ? reportStrings.none() : shown(redirectUri)],
    [labels.toRegister(), toRegister.map(shown).join(', ')],
  ];
}

function choiceValue({ obstacle }: Choice, isFirst: boolean): string {
  if (obstacle) return choiceStrings.not(choiceStrings.obstacles[obstacle]());
  return isFirst ? choiceStrings.first() : choiceStrings.next();
}

function portItems({ port, fault, code }: PortFinding): ReportItem[] {
  if (!fault) return [[labels.port(), portStrings.free(port)]];
  const isInUse = fault === 'portInUse';
  return [
    [
      labels.port(),
      isInUse ? portStrings.inUse(port) : portStrings.cannotListen(port, code ?? '?'),
    ],
  ];
}

function proxyItems(proxy: ProxyFinding | undefined): ReportItem[] {
  if (!proxy) return [[labels.proxy(), networkStrings.noProxy()]];
  const { address = networkStrings.noAddress(), source, hasCredentials, isOff } = proxy;
  let value = networkStrings.proxy(address, source);
  if (hasCredentials) value = networkStrings.withCredentials(value);
  return [[labels.proxy(), isOff ? networkStrings.proxyOff(value) : value]];
}

function serverItems({ name, isTestServer, answer }: ServerFinding): ReportItem[] {
  const value =
    'fault' in answer
      ? networkStrings.fault(answer.fault.code ?? answer.fault.kind)
      : statusValue(answer.status);
  return [[name, isTestServer ? networkStrings.testServer(value) : value]];
}

const statusValue = (status: number | undefined): string =>
  status === undefined ? networkStrings.answersUnseen() : networkStrings.answers(status);

/** Whether the server answered, but the browser shows the extension neither status nor date. */
function isAnswerHidden(server: CheckResult<ServerFinding>): boolean {
  const answer = findingOf(server)?.answer;
  return answer !== undefined && 'status' in answer && answer.status === undefined;
}

/**
 * The line about the clock.
 * @param skew By how many seconds the clock of this computer is ahead; undefined if it is not known.
 */
function clockItem(skew: number | undefined): ReportItem {
  if (skew === undefined) return [labels.clock(), networkStrings.clockUnknown()];
  if (skew === 0) return [labels.clock(), networkStrings.clockAgrees()];
  const value = skew > 0 ? networkStrings.clockAhead : networkStrings.clockBehind;
  return [labels.clock(), value(Math.abs(skew))];
}

function sessionItems(sessions: readonly SessionFinding[]): ReportItem[] {
  if (sessions.length === 0) return [[headings.sessions(), reportStrings.none()]];
  return sessions.map((session) => [labels.account(session.account), sessionValue(session)]);
}

function sessionValue(session: SessionFinding): string {
  const { scopes, otherScopes, client, suspendedSeconds } = session;
  return [
    sessionStrings.token(session.tokenSeconds),
    sessionStrings.consent(session.consentSeconds),
    sessionStrings.client[client](),
    ...(suspendedSeconds === undefined ? [] : [sessionStrings.refused(suspendedSeconds)]),
    sessionStrings.scopes(scopes, otherScopes),
  ].join('; ');
}
