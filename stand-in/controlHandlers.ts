import type { Fault } from '../test/spotify/control/faults.ts';
import * as readyFaults from '../test/spotify/control/readyFaults.ts';
import type { LoggedRequest } from '../test/spotify/control/requestLog.ts';
import { ENDPOINTS } from '../test/spotify/http/endpoint.ts';
import type { Service } from '../test/spotify/service.ts';
import { checkUser } from './data.ts';
import { changeUser } from './fill.ts';
import type { Controls } from './standIn.ts';

interface Call {
  readonly controls: Controls;
  readonly spotify: Service;
  readonly body: object;
  readonly userId: string;
}

/** By method and path. What they return is the answer; an Error is a refusal. */
export const controlHandlers: Readonly<Record<string, (call: Call) => unknown>> = {
  'GET /': ({ controls: { accountsUrl, apiUrl, clientId, clientSecret, env }, spotify }) => ({
    ...{ accountsUrl, apiUrl, clientId, clientSecret, env },
    users: [...spotify.users.keys()],
  }),
  'GET /faults': ({ controls }) => controls.faults.waiting,
  'POST /faults': ({ controls, body }) => addFaults(controls, body),
  'DELETE /faults': ({ controls }) => controls.faults.clear(),
  'GET /requests': ({ controls }) => controls.requests.all.map(shown),
  'DELETE /requests': ({ controls }) => controls.requests.clear(),
  'PATCH /behaviour': ({ controls, body }) => change(controls.behaviour, body),
  'PATCH /app': ({ controls, body }) => change(controls.app, body, ['clientId', 'clientSecret']),
  'PATCH /users/{id}': ({ controls, spotify, body, userId }) => {
    if (Object.hasOwn(body, 'id')) throw new Error('The id of a user cannot be changed.');
    changeUser(spotify, controls.user(userId), checkUser(body));
  },
  'POST /tokens': ({ controls, body }) => {
    const { user, scope = [] } = body as { user?: unknown; scope?: unknown };
    if (!Array.isArray(scope)) throw new Error('"scope" must be a list of strings.');
    return controls.issueTokens(String(user), scope.map(String));
  },
  'POST /tokens/expire': ({ controls }) => controls.expireAccessTokens(),
  'POST /tokens/revoke': ({ controls, body }) =>
    controls.revoke(String((body as { user?: unknown }).user)),
  'POST /clock': ({ controls, body }) => {
    const { advance } = body as { advance?: unknown };
    if (typeof advance !== 'number') throw new Error('"advance" must be a number of seconds.');
    controls.clock.advance(advance);
  },
  'POST /reset': ({ controls }) => controls.reset(),
  // The server closes when it has answered.
  'POST /stop': () => undefined,
};

/** The body of `POST /faults`: a fault, or the name of a ready one with what it changes. */
interface FaultRequest extends Fault {
  /** How many requests fail. */
  readonly next?: unknown;
  readonly fault?: string;
  readonly retryAfter?: number;
}

const FAULT_MEMBERS = [
  ...['on', 'status', 'headers', 'body', 'delayMs', 'answerDelayMs'],
  ...['reset', 'loseAnswer', 'truncate'],
];

function addFaults({ faults }: Controls, body: object): unknown {
  const { next = 1, fault, retryAfter, ...own } = body as FaultRequest;
  if (!Number.isInteger(next)) throw new Error('"next" must be a whole number.');
  const unknown = Object.keys(own).find((name) => !FAULT_MEMBERS.includes(name));
  if (unknown) throw new Error(`Unknown member "${unknown}". Known: ${FAULT_MEMBERS.join(', ')}.`);
  if (own.on !== undefined && !ENDPOINTS.includes(own.on)) {
    throw new Error(`Unknown endpoint "${own.on}". Known: ${ENDPOINTS.join(', ')}.`);
  }
  faults.next(Number(next), {
    ...(fault === undefined ? {} : ready(fault, retryAfter)),
    ...own,
  });
  return faults.waiting;
}

function ready(name: string, retryAfter?: number): Fault {
  const known: Partial<Record<string, Fault | ((retryAfter?: number) => Fault)>> = readyFaults;
  const fault = Object.hasOwn(readyFaults, name) ? known[name] : undefined;
  const names = Object.keys(readyFaults).join(', ');
  if (!fault) throw new Error(`Unknown fault "${name}". Known: ${names}.`);
  return typeof fault === 'function' ? fault(retryAfter) : fault;
}

/** Changes members of an object, each to a value of its type. */
function change(target: object, changes: object, fixed: readonly string[] = []): unknown {
  const known = Object.entries(target).filter(([name]) => !fixed.includes(name));
  for (const [name, value] of Object.entries(changes)) {
    const member = known.find(([one]) => one === name);
    const names = known.map(([one]) => one).join(', ');
    if (!member) throw new Error(`There is no "${name}" to change. Known: ${names}.`);
    const isSimple = ['number', 'boolean'].includes(typeof member[1]);
    if (isSimple && typeof value !== typeof member[1]) {
      throw new Error(`"${name}" must be a ${typeof member[1]}.`);
    }
  }
  return Object.assign(target, changes);
}

/** A request as JSON. */
function shown({ query, form, ...rest }: LoggedRequest): object {
  return { ...rest, query: Object.fromEntries(query), form: Object.fromEntries(form) };
}
