import type { Client } from '../common/client.ts';
import type { FlowName } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { chooseFlows, type FlowQuery, settingsFault } from '../flows/chooseFlow.ts';
import { FlowUnavailableError } from '../flows/flow.ts';
import { type Change, RedirectUriError, RestartSignIn } from './errors.ts';
import { offerNextFlow } from './questions.ts';

/** One try of a sign-in: the values that the user may change before the next try. */
export interface Try {
  readonly client: Client;
  readonly scopes: readonly string[];
  readonly flow: FlowName;
}

/** The values that are the same in all tries of a sign-in. */
export interface Tries {
  /** The flows that work here, in the order to try them. */
  readonly flows: readonly FlowName[];
  /** The redirect URI of the settings. Undefined if there is none, or if an extension named the client ID. */
  readonly redirectUri: string | undefined;
  readonly showDialog: boolean;
  readonly log: Log;
}

/**
 * Returns the flows that work here, in the order to try them. `paste` is always one of them.
 * @throws RedirectUriError if the redirect URI of the settings cannot be used.
 */
export function usableFlows(query: FlowQuery, log: Log): FlowName[] {
  const choices = chooseFlows(query);
  const described = choices.map(({ flow, obstacle }) => `${flow} (${obstacle ?? 'yes'})`);
  log.debug(`Flows: ${described.join(', ')}`);
  const fault = settingsFault(query);
  if (query.redirectUri && fault) throw new RedirectUriError(fault, query.redirectUri);
  return choices.filter(({ obstacle }) => !obstacle).map(({ flow }) => flow);
}

/**
 * Returns the next try after `error` has ended the last one: with the change in a `RestartSignIn`,
 * or after a `FlowUnavailableError` with the flow that the user chooses.
 * @throws `error` itself if it is another error, vscode.CancellationError if the user chooses no
 * flow.
 */
export async function nextTry(error: unknown, last: Try, { flows, log }: Tries): Promise<Try> {
  if (error instanceof RestartSignIn) {
    log.info(`The sign-in starts again with another ${Object.keys(error.change).join()}.`);
    return changed(last, error.change);
  }
  if (!(error instanceof FlowUnavailableError)) throw error;
  log.warn(describeError(error));
  // After the last flow, `paste` is offered, because it can always be opened.
  const next = flows[flows.indexOf(last.flow) + 1] ?? 'paste';
  return { ...last, flow: await offerNextFlow(error, next) };
}

function changed(last: Try, change: Change): Try {
  if ('flow' in change) return { ...last, flow: change.flow };
  if ('clientId' in change) return { ...last, client: { ...last.client, id: change.clientId } };
  return { ...last, scopes: last.scopes.filter((scope) => !change.without.includes(scope)) };
}
