import {
  type Advice,
  clientIdAdvice,
  faultAdvice,
  portAdvice,
  redirectUriAdvice,
  competingAdvice,
  secretsAdvice,
  serverAdvice,
  sessionAdvice,
} from '../messages/advice.ts';
import { KEYRING_URL } from '../common/openPage.ts';
import type { Findings, ServerFinding } from './findings.ts';
import { found } from './checkResult.ts';
import type { ServerAnswer } from './machine.ts';
import type { SessionFinding } from './sessions.ts';

/** A clock that is further off, in seconds, is set wrong. */
const TOLERATED_SKEW = 60;
/** When a consent that ends is worth a word, in seconds. */
const SOON = 14 * 24 * 3600;

/** What is wrong, the most fundamental first. */
export function problemsOf(findings: Findings): Advice[] {
  return [
    ...ofCompeting(findings),
    ...ofClientId(findings),
    ...ofFlows(findings),
    ...ofServers(findings),
    ...ofClock(findings),
    ...ofSecrets(findings),
    ...ofSessions(findings),
  ];
}

function ofCompeting({ competing }: Findings): Advice[] {
  return (found(competing) ?? 0) > 0 ? [competingAdvice()] : [];
}

function ofClientId({ clientId }: Findings): Advice[] {
  if ('failed' in clientId) return [];
  if (!clientId.found) return [clientIdAdvice.none()];
  return clientId.found.isWellFormed ? [] : [clientIdAdvice.malformed()];
}

function ofFlows({ flows, port }: Findings): Advice[] {
  const ways = found(flows);
  if (ways?.fault) return [redirectUriAdvice[ways.fault]()];
  const listens = ways?.choices.some(({ flow, obstacle }) => flow === 'loopback' && !obstacle);
  const opened = port && found(port);
  if (!listens || !opened?.fault) return [];
  return [portAdvice[opened.fault](opened.port)];
}

/** What both servers have in common is told once. */
function ofServers({ servers }: Findings): Advice[] {
  const asked = servers.flatMap((server) => found(server) ?? []);
  const trouble = ({ answer }: ServerFinding) =>
    JSON.stringify('fault' in answer ? answer.fault : answer.status);
  return asked.flatMap((server) => {
    const alike = asked.filter((other) => trouble(other) === trouble(server));
    if (alike[0] !== server) return [];
    return ofAnswer(alike.map(({ name }) => name).join(', '), server.answer);
  });
}

function ofAnswer(names: string, answer: ServerAnswer): Advice[] {
  if ('fault' in answer) return [faultAdvice[answer.fault.kind](names, answer.fault.code ?? '?')];
  const { status = 0 } = answer;
  return status >= 500 ? [serverAdvice.busy(names, status)] : [];
}

function ofClock({ servers }: Findings): Advice[] {
  const skew = skewOf(servers);
  return Math.abs(skew ?? 0) > TOLERATED_SKEW ? [serverAdvice.clock(skew ?? 0)] : [];
}

/** What the first server says that tells its time, in seconds. */
export function skewOf(servers: Findings['servers']): number | undefined {
  for (const server of servers) {
    const answer = found(server)?.answer;
    if (answer && 'skewSeconds' in answer && answer.skewSeconds !== undefined) {
      return answer.skewSeconds;
    }
  }
  return undefined;
}

function ofSecrets({ secrets }: Findings): Advice[] {
  if ('failed' in secrets || !secrets.found.givesBack) return [secretsAdvice.refused(KEYRING_URL)];
  return secrets.found.survival === 'lost' ? [secretsAdvice.lost(KEYRING_URL)] : [];
}

function ofSessions({ sessions }: Findings): Advice[] {
  if ('failed' in sessions) return [sessionAdvice.unreadable()];
  return sessions.found.flatMap(ofSession);
}

function ofSession({ account, suspendedSeconds, consentSeconds }: SessionFinding): Advice[] {
  if (suspendedSeconds !== undefined) return [sessionAdvice.refused(account)];
  const left = Math.max(0, consentSeconds);
  return left < SOON ? [sessionAdvice.endsSoon(account, left)] : [];
}
