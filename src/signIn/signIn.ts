import * as vscode from 'vscode';
import { AuthorizationDeniedError } from '../auth/errors.ts';
import type { Client } from '../common/client.ts';
import type { FlowName } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { progressStrings } from '../messages/signIn.ts';
import type { SignedIn } from '../sessions/newSession.ts';
import { TimeLimit } from '../common/timeLimits.ts';
import { askForAnotherFlow, offerNextFlow } from './questions.ts';
import { Attempt } from './signInHelp.ts';
import { chooseFlows, type FlowQuery, settingsFault } from '../flows/chooseFlow.ts';
import {
  AccountRefusedError,
  AccountUnansweredError,
  FlowUnavailableError,
  RedirectUriError,
  SignInTimeoutError,
} from './errors.ts';
import type { OpenFlow } from '../flows/flow.ts';
import { withProgress } from '../messages/progress.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import type { RunningSignIns } from './runningSignIns.ts';
import type { SignInEnvironment, SignInRequest } from './browserTrip.ts';
import { type Change, RestartSignIn } from './startOver.ts';
import { checkedScopes } from './unknownScopes.ts';

/** What a guided sign-in needs of the editor. */
export interface GuidedEnvironment extends SignInEnvironment {
  /** Those that there are here; `paste` always is. */
  readonly flows: Readonly<Record<FlowName, OpenFlow | undefined> & { paste: OpenFlow }>;
  /** Where we are, as it is now. */
  readonly queryEnvironment: () => Promise<FlowQuery>;
  readonly running: RunningSignIns;
  readonly setUp: ClientIdSetUp;
}

/** How long Spotify's page may stay unanswered, and so state and verifier live; in milliseconds. */
const BROWSER_LIMIT_MS = 10 * 60 * 1000;

/** Leads a person through the browser and back, by the ways that there are. */
export class GuidedSignIn {
  readonly #environment: GuidedEnvironment;

  constructor(environment: GuidedEnvironment) {
    this.#environment = environment;
  }

  /**
   * Client ID and scopes of what it brings may differ from the request, as the person decided.
   * @param byAnotherWay Lets the person choose the way at once.
   * @throws RedirectUriError, SignInTimeoutError, vscode.CancellationError; otherwise as `signIn`.
   */
  async run(asked: SignInRequest, log: Log, byAnotherWay = false): Promise<SignedIn> {
    const here = await this.#environment.queryEnvironment();
    // The redirect URI of the settings is registered with the person's own app.
    const place = asked.client.source === 'extension' ? { ...here, redirectUri: undefined } : here;
    const ways = waysOf(place, log);
    const scopes = await checkedScopes(asked.scopes);
    const flow = byAnotherWay ? await choose(ways) : (ways[0] ?? 'paste');
    let plan: Plan = { request: { ...asked, scopes }, flow };
    for (;;) {
      try {
        const answer = await this.#attempt(plan, place, ways, log);
        await this.#keep(plan);
        const leftOut = asked.scopes.filter((scope) => !answer.scopes.includes(scope));
        return leftOut.length > 0 ? { ...answer, leftOut } : answer;
      } catch (error) {
        if (isOfKnownClient(error)) await this.#keep(plan);
        plan = await nextPlan(error, plan, ways, log);
      }
    }
  }

  /** The client ID is one; where the person has given it, they are done with that. */
  async #keep({ request: { client } }: Plan): Promise<void> {
    if (client.source === 'settings') await this.#environment.setUp.keep(client.id);
  }

  #attempt(
    { request, flow }: Plan,
    { redirectUri }: FlowQuery,
    ways: readonly FlowName[],
    log: Log,
  ): Promise<SignedIn> {
    const { running, flows, setUp } = this.#environment;
    log.info(`The way back is ${flow}.`);
    const limit = new TimeLimit(BROWSER_LIMIT_MS, () => new SignInTimeoutError());
    const title = progressStrings.title(request.client);
    const attempted = withProgress(title, limit.signal, (progress) => {
      const attempt = new Attempt(request, {
        flow,
        openFlow: flows[flow] ?? flows.paste,
        otherFlows: ways.filter((way) => way !== flow),
        redirectUri,
        environment: this.#environment,
        progress,
        correctClientId: (clientId, signal) => setUp.correct(clientId, signal),
        log,
        onOpened: () => limit.begin(),
      });
      const added = running.add(attempt);
      attempt.id = added.id;
      return attempt.run().finally(() => added.dispose());
    });
    return attempted.finally(() => limit.end());
  }
}

/** What is asked for next, and by which way. */
interface Plan {
  readonly request: SignInRequest;
  readonly flow: FlowName;
}

/** Spotify has shown its page, or issued a token: the client ID is one. */
const isOfKnownClient = (error: unknown): boolean =>
  error instanceof AuthorizationDeniedError ||
  error instanceof AccountRefusedError ||
  error instanceof AccountUnansweredError;

/** The flows to try, in their order; `paste` is always one. */
function waysOf(place: FlowQuery, log: Log): FlowName[] {
  const choices = chooseFlows(place);
  const described = choices.map(({ flow, obstacle }) => `${flow} (${obstacle ?? 'yes'})`);
  log.debug(`Ways back: ${described.join(', ')}`);
  const fault = settingsFault(place);
  if (place.redirectUri && fault) throw new RedirectUriError(fault, place.redirectUri);
  return choices.filter(({ obstacle }) => !obstacle).map(({ flow }) => flow);
}

/** @throws whatever no other plan cures. */
async function nextPlan(
  error: unknown,
  plan: Plan,
  ways: readonly FlowName[],
  log: Log,
): Promise<Plan> {
  if (error instanceof RestartSignIn) {
    log.info(`Starting over with another ${Object.keys(error.change).join()}.`);
    return changed(plan, error.change);
  }
  if (!(error instanceof FlowUnavailableError)) throw error;
  log.warn(describeError(error));
  return { ...plan, flow: await offerNextFlow(error, wayAfter(plan.flow, ways)) };
}

function changed({ request, flow }: Plan, change: Change): Plan {
  if ('flow' in change) return { request, flow: change.flow };
  if ('clientId' in change) {
    const client: Client = { ...request.client, id: change.clientId };
    return { request: { ...request, client }, flow };
  }
  const scopes = request.scopes.filter((scope) => !change.without.includes(scope));
  return { request: { ...request, scopes }, flow };
}

/** @throws vscode.CancellationError when the person chooses none. */
async function choose(ways: readonly FlowName[]): Promise<FlowName> {
  const chosen = await askForAnotherFlow(ways, new AbortController().signal);
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}

/** Paste is the last resort: it can always be opened. */
function wayAfter(flow: FlowName, ways: readonly FlowName[]): FlowName {
  return ways[ways.indexOf(flow) + 1] ?? 'paste';
}
