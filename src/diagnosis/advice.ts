import { KEYRING_URL } from '../common/openPage.ts';
import {
  type Advice,
  clientIdAdvice,
  competingAdvice,
  faultAdvice,
  portAdvice,
  redirectUriAdvice,
  secretsAdvice,
  serverAdvice,
  sessionAdvice,
} from '../messages/advice.ts';
import { unavailableStrings } from '../messages/flows.ts';
import { findingOf } from './checkResult.ts';
import type { Findings, ServerFinding } from './findings.ts';
import type { ServerAnswer } from './machine.ts';
import type { SessionFinding } from './sessionFindings.ts';

/** The largest clock skew, in seconds, that is no problem. */
const TOLERATED_SKEW = 60;
/** The user is advised to sign in again this long, in seconds, before their consent ends. */
const CONSENT_ENDS_SOON = 14 * 24 * 3600;

/** Lists what is wrong and what to do about it, the most fundamental problem first. */
export function adviceFor(findings: Findings): Advice[] {
  return [
    ...findings.environment,
    ...onCompeting(findings),
    ...onClientId(findings),
    ...onFlows(findings),
    ...onServers(findings),
    ...onClock(findings),
    ...onSecrets(findings),
    ...onSessions(findings),
  ];
}

function onCompeting({ competing }: Findings): Advice[] {
  return (findingOf(competing) ?? 0) > 0 ? [competingAdvice()] : [];
}

function onClientId({ clientId }: Findings): Advice[] {
  if ('error' in clientId) return [];
  if (!clientId.finding) return [clientIdAdvice.none()];
  return clientId.finding.isWellFormed ? [] : [clientIdAdvice.malformed()];
}

function onFlows({ flows, port }: Findings): Advice[] {
  const finding = findingOf(flows);
  if (finding?.fault) return [redirectUriAdvice[finding.fault]()];
  const isPortNeeded = finding?.choices.some(
    ({ flow, obstacle }) => flow === 'loopback' && !obstacle,
  );
  const opened = port && findingOf(port);
  if (!isPortNeeded || !opened?.fault) return [];
  const { fault, port: number } = opened;
  return [{ what: unavailableStrings[fault](number), advice: portAdvice[fault]() }];
}

/** A problem that both servers have is listed once. */
function onServers({ servers }: Findings): Advice[] {
  const findings = servers.flatMap((server) => findingOf(server) ?? []);
  const trouble = ({ answer }: ServerFinding) =>
    JSON.stringify('fault' in answer ? answer.fault : answer.status);
  return findings.flatMap((server) => {
    const alike = findings.filter((other) => trouble(other) === trouble(server));
    if (alike[0] !== server) return [];
    return onAnswer(alike.map(({ name }) => name).join(', '), server.answer);
  });
}

function onAnswer(names: string, answer: ServerAnswer): Advice[] {
  if ('fault' in answer) return [faultAdvice[answer.fault.kind](names, answer.fault.code ?? '?')];
  const { status = 0 } = answer;
  return status >= 500 ? [serverAdvice.busy(names, status)] : [];
}

function onClock({ servers }: Findings): Advice[] {
  const skew = measuredSkew(servers);
  return Math.abs(skew ?? 0) > TOLERATED_SKEW ? [serverAdvice.clock(skew ?? 0)] : [];
}

/**
 * Returns the clock skew in seconds, measured by the first server whose answer has a date. It is
 * positive if the clock of this computer is ahead, and undefined if no answer has a date.
 */
export function measuredSkew(servers: Findings['servers']): number | undefined {
  for (const server of servers) {
    const answer = findingOf(server)?.answer;
    if (answer && 'skewSeconds' in answer && answer.skewSeconds !== undefined) {
      return answer.skewSeconds;
    }
  }
  return undefined;
}

function onSecrets({ secrets }: Findings): Advice[] {
  if ('error' in secrets || !secrets.finding.givesBack) return [secretsAdvice.refused(KEYRING_URL)];
  return secrets.finding.survival === 'lost' ? [secretsAdvice.lost(KEYRING_URL)] : [];
}

function onSessions({ sessions }: Findings): Advice[] {
  if ('error' in sessions) return [sessionAdvice.unreadable()];
  return sessions.finding.flatMap(onSession);
}

function onSession({ account, suspendedSeconds, consentSeconds }: SessionFinding): Advice[] {
  if (suspendedSeconds !== undefined) return [sessionAdvice.refused(account)];
  const left = Math.max(0, consentSeconds);
  return left < CONSENT_ENDS_SOON ? [sessionAdvice.endsSoon(account, left)] : [];
}
