import type { Behaviour } from '../test/spotify/control/behaviour.ts';
import type { Fault } from '../test/spotify/control/faults.ts';
import * as readyFaults from '../test/spotify/control/readyFaults.ts';
import type { LoggedRequest } from '../test/spotify/control/requestLog.ts';
import type { Service } from '../test/spotify/service.ts';
import { boolean, checkUser, natural, type Rule, string, strings } from './data.ts';
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
  'PATCH /behaviour': ({ controls, body }) => {
    const { consent } = body as Partial<Behaviour>;
    const agreeAs = (consent as { agreeAs?: unknown } | null | undefined)?.agreeAs;
    if (typeof agreeAs === 'string') controls.user(agreeAs); // throws if there is none
    change(controls.behaviour, body);
  },
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

const FAULT_MEMBERS: Readonly<Record<keyof Fault, Rule>> = {
  on: string,
  status: ['a number from 200 to 599', (value) => natural[1](value) && isFinal(Number(value))],
  headers: ['an object', (value) => typeof value === 'object' && value !== null],
  body: ['a string', (value) => typeof value === 'string'],
  delayMs: natural,
  answerDelayMs: natural,
  reset: boolean,
  loseAnswer: boolean,
  truncate: boolean,
};

/** Whether an answer may have this status: others leave the client waiting, or stop the server. */
const isFinal = (status: number) => status >= 200 && status <= 599;

/** The members of app and behaviour whose type cannot be seen in their value. */
const MEMBERS: Readonly<Partial<Record<string, Rule>>> = {
  name: string,
  redirectUris: strings,
  allowList: [
    'a list of strings or "everyone"',
    (value) => value === 'everyone' || strings[1](value),
  ],
  consent: ['"ask", "deny" or { "agreeAs": … }', isConsent],
};

function isConsent(value: unknown): boolean {
  const { agreeAs } = (value ?? {}) as { agreeAs?: unknown };
  return value === 'ask' || value === 'deny' || typeof agreeAs === 'string';
}

function addFaults({ faults }: Controls, body: object): unknown {
  const { next = 1, fault, retryAfter, ...own } = body as FaultRequest;
  requireType('next', next, natural);
  if (retryAfter !== undefined) requireType('retryAfter', retryAfter, natural);
  for (const [name, value] of Object.entries(own)) {
    const known = Object.keys(FAULT_MEMBERS);
    if (!known.includes(name)) {
      throw new Error(`Unknown member "${name}". Known: ${known.join(', ')}.`);
    }
    requireType(name, value, FAULT_MEMBERS[name as keyof Fault]);
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
    const type = typeof member[1];
    const sameType: Rule = [`a ${type}`, (given) => typeof given === type];
    requireType(name, value, MEMBERS[name] ?? sameType);
  }
  return Object.assign(target, changes);
}

function requireType(name: string, value: unknown, [type, fits]: Rule): void {
  if (!fits(value)) throw new Error(`"${name}" must be ${type}.`);
}

/** A request as JSON. */
function shown({ query, form, ...rest }: LoggedRequest): object {
  return { ...rest, query: Object.fromEntries(query), form: Object.fromEntries(form) };
}
