import {
  choiceWords,
  clientIdWords,
  clientSecretWords,
  headings,
  labels,
  networkWords,
  placeWords,
  portWords,
  reportWords,
  sessionWords,
  survivalWords,
} from '../messages/diagnosis.ts';
import type { SecretsFinding } from './secretsCheck.ts';
import type { Choice } from '../flows/chooseFlow.ts';
import type { ClientIdFinding } from './clientId.ts';
import type { ClientSecretSource, Findings, PortFinding, ServerFinding } from './findings.ts';
import { found, type Outcome } from './checkResult.ts';
import { skewOf } from './problems.ts';
import type { ProxyFinding } from './proxy.ts';
import type { SessionFinding } from './sessions.ts';
import type { Versions } from './versions.ts';
import type { WaysBackFinding } from './flows.ts';

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
    outcome: Outcome<T> | undefined,
    label: string,
    facts: (found: T) => Fact[],
  ): Fact[] => {
    if (!outcome) return [];
    if ('found' in outcome) return facts(outcome.found);
    return [[label, reportWords.failed(clean(outcome.failed))]];
  };
  const { versions, rivals, clientId, clientSecret, waysBack, port } = findings;
  const { secrets, proxy, servers, sessions } = findings;
  const network = servers.flatMap((server) => told(server, headings.network(), ofServer));
  return [
    section(
      headings.versions(),
      told(versions, headings.versions(), ofVersions),
      told(waysBack, labels.extensionHost(), ofHost),
      told(rivals, labels.rivals(), ofRivals),
    ),
    section(
      headings.clientId(),
      told(clientId, labels.clientId(), ofClientId),
      told(clientSecret, labels.clientSecret(), ofClientSecret),
    ),
    section(
      headings.waysBack(),
      told(waysBack, headings.waysBack(), ofWaysBack),
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
    [labels.ui(), placeWords[versions.ui]()],
    [labels.remote(), ofRemote(versions.remote)],
    ...(versions.system ? [[labels.system(), versions.system] as const] : []),
    [labels.runtime(), versions.runtime],
  ];
}

function ofHost({ place }: WaysBackFinding): Fact[] {
  return [[labels.extensionHost(), placeWords.host[place.host]()]];
}

function ofRivals(count: number): Fact[] {
  return [[labels.rivals(), count === 0 ? reportWords.none() : String(count)]];
}

function ofRemote(remote: string | undefined): string {
  if (remote === undefined) return reportWords.none();
  return remote || placeWords.otherRemote();
}

function ofClientId(clientId: ClientIdFinding | undefined): Fact[] {
  if (!clientId) return [[labels.clientId(), reportWords.none()]];
  const form = clientId.isWellFormed ? clientIdWords.wellFormed : clientIdWords.malformed;
  return [[labels.clientId(), form(clientIdWords[clientId.source]())]];
}

function ofClientSecret(source: ClientSecretSource): Fact[] {
  return [[labels.clientSecret(), clientSecretWords[source]()]];
}

function ofSecrets({ givesBack, survival }: SecretsFinding): Fact[] {
  return [
    [labels.givesBack(), givesBack ? reportWords.yes() : reportWords.no()],
    [labels.survival(), survivalWords[survival]()],
  ];
}

function ofWaysBack({
  place,
  pageHost,
  redirectUri,
  choices,
  toRegister,
}: WaysBackFinding): Fact[] {
  const shown = (uri: string) => (uri === '' ? placeWords.notShown() : `\`${uri}\``);
  const first = choices.find(({ obstacle }) => obstacle === undefined);
  return [
    ...choices.map((choice): Fact => [choice.flow, ofChoice(choice, choice === first)]),
    ...(pageHost ? [[labels.pageHost(), placeWords.pageHost[pageHost]()] as const] : []),
    [labels.signInFlow(), place.signInFlow],
    [labels.redirectUri(), redirectUri === undefined ? reportWords.none() : shown(redirectUri)],
    [labels.toRegister(), toRegister.map(shown).join(', ')],
  ];
}

function ofChoice({ obstacle }: Choice, isFirst: boolean): string {
  if (obstacle) return choiceWords.not(choiceWords.obstacles[obstacle]());
  return isFirst ? choiceWords.first() : choiceWords.next();
}

function ofPort({ port, fault, code }: PortFinding): Fact[] {
  if (!fault) return [[labels.port(), portWords.free(port)]];
  const isInUse = fault === 'inUse';
  return [[labels.port(), isInUse ? portWords.inUse(port) : portWords.cannotListen(code ?? '?')]];
}

function ofProxy(proxy: ProxyFinding | undefined): Fact[] {
  if (!proxy) return [[labels.proxy(), networkWords.noProxy()]];
  const { address = networkWords.noAddress(), source, hasCredentials, isOff } = proxy;
  let words = networkWords.proxy(address, source);
  if (hasCredentials) words = networkWords.withCredentials(words);
  return [[labels.proxy(), isOff ? networkWords.proxyOff(words) : words]];
}

function ofServer({ name, isTestServer, answer }: ServerFinding): Fact[] {
  const words =
    'fault' in answer
      ? networkWords.fault(answer.fault.code ?? answer.fault.kind)
      : answered(answer.status);
  return [[name, isTestServer ? networkWords.testServer(words) : words]];
}

const answered = (status: number | undefined): string =>
  status === undefined ? networkWords.answersUnseen() : networkWords.answers(status);

/** Whether a browser keeps to itself what a server has said. */
function isHidden(server: Outcome<ServerFinding>): boolean {
  const answer = found(server)?.answer;
  return answer !== undefined && 'status' in answer && answer.status === undefined;
}

function ofClock(skew: number | undefined): Fact {
  if (skew === undefined) return [labels.clock(), networkWords.clockUnknown()];
  if (skew === 0) return [labels.clock(), networkWords.clockAgrees()];
  const words = skew > 0 ? networkWords.clockAhead : networkWords.clockBehind;
  return [labels.clock(), words(Math.abs(skew))];
}

function ofSessions(sessions: readonly SessionFinding[]): Fact[] {
  if (sessions.length === 0) return [[headings.sessions(), reportWords.none()]];
  return sessions.map((session) => [labels.account(session.account), ofSession(session)]);
}

function ofSession(session: SessionFinding): string {
  const { scopes, otherScopes, client, refusedSeconds } = session;
  return [
    sessionWords.token(session.tokenSeconds),
    sessionWords.consent(session.consentSeconds),
    sessionWords.client[client](),
    ...(refusedSeconds === undefined ? [] : [sessionWords.refused(refusedSeconds)]),
    sessionWords.scopes(scopes, otherScopes),
  ].join('; ');
}
