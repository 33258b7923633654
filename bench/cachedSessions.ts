import * as vscode from 'vscode';
import { normalizeScopes } from '../src/auth/scopes.ts';
import { EditorStorage } from '../test/integration/editorStorage.ts';
import { TestWindow } from '../test/integration/testWindow.ts';
import { OWN_ID } from '../test/integration/signInRequest.ts';
import { type Measurement, rowsOf, type Subject, timeOf } from './measurement.ts';

export const SCOPES = ['user-read-private'];
/** How often each question is asked. A call through VS Code takes a thousand times as long. */
const CALLS = { direct: 3000, throughEditor: 300 };
/** A direct call is too short for the clock, so this many are timed together. */
const BATCH = 20;
const SESSIONS = [1, 10, 100, 1000];
const QUANTILES = { p50: 0.5, p99: 0.99 };

type Question = () => PromiseLike<unknown>;

/** Requests a cached session many times: of our provider, and of one that returns a constant. */
export async function cachedSessions(): Promise<Measurement[]> {
  await using storage = new EditorStorage();
  using window = new TestWindow(storage);
  const session = await window.provider.createSession(SCOPES);
  const providers = new Map<Subject, vscode.AuthenticationProvider>([
    ['ours', window.provider],
    ['nothing', constantProvider(session)],
  ]);
  const through = new Map<Subject, Question>();
  const direct = new Map<Subject, Question>();
  for (const [subject, provider] of providers) {
    through.set(subject, await askThroughEditor(`bench-${subject}`, provider));
    direct.set(subject, inBatches(provider));
  }
  const samples = await askInTurns(through, CALLS.throughEditor);
  const directSamples = perCall(await askInTurns(direct, CALLS.direct / BATCH));
  return [
    ...rowsOf('Cached session, through VS Code', 'ms', samples, QUANTILES),
    ...rowsOf('Cached session, the provider alone', 'µs', directSamples, QUANTILES),
    ...(await growth(window, storage)),
  ];
}

/** Measures how a cached call grows with the number of stored sessions. */
async function growth(window: TestWindow, storage: EditorStorage): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const count of SESSIONS) {
    await addSessions(window, storage, count);
    const question = new Map<Subject, Question>([['ours', inBatches(window.provider)]]);
    const samples = perCall(await askInTurns(question, CALLS.direct / BATCH));
    rows.push(...rowsOf(`Cached session, of ${count} stored`, 'µs', samples, { p50: 0.5 }));
  }
  return rows;
}

/** Adds sessions up to `count`, half of them of the same account with more scopes. */
async function addSessions(window: TestWindow, storage: EditorStorage, count: number) {
  const [model] = await window.store.all();
  if (!model) throw new Error('There is no session to copy.');
  for (let index = storage.records().length; index < count; index++) {
    const id = `copy${index}`;
    const account = index % 2 ? model.account : { id, profileId: id, label: id };
    const scopes = index % 2 ? [...model.scopes, `scope-${index}`] : [`scope-${index}`];
    const token = { ...model.token, scope: normalizeScopes(scopes).join(' ') };
    await window.store.put({ ...model, id, account, scopes, token });
  }
}

function constantProvider(session: vscode.AuthenticationSession): vscode.AuthenticationProvider {
  return {
    onDidChangeSessions: new vscode.EventEmitter<never>().event,
    getSessions: () => Promise.resolve([session]),
    createSession: () => Promise.resolve(session),
    removeSession: () => Promise.resolve(),
  };
}

/** Registers the provider, and allows our extension its session by an entry of the Accounts menu. */
async function askThroughEditor(
  id: string,
  provider: vscode.AuthenticationProvider,
): Promise<Question> {
  const options = { supportsMultipleAccounts: true };
  const withoutSession = { ...asObject(provider), getSessions: () => Promise.resolve([]) };
  const { registerAuthenticationProvider } = vscode.authentication;
  const asked = registerAuthenticationProvider(id, id, withoutSession, options);
  await vscode.authentication.getSession(id, SCOPES);
  const entries = await vscode.commands.getCommands();
  const entry = entries.find((command) => command.startsWith(`${id}:${OWN_ID}:signIn`));
  if (!entry) throw new Error('The Accounts menu has no entry to sign in with.');
  await vscode.commands.executeCommand(entry);
  asked.dispose();
  registerAuthenticationProvider(id, id, provider, options);
  const ask = () => vscode.authentication.getSession(id, SCOPES, { silent: true });
  if (!(await ask())) throw new Error(`VS Code gives no session of ${id}.`);
  return ask;
}

/** Returns the members of a provider as own properties, which can be spread. */
function asObject(provider: vscode.AuthenticationProvider): vscode.AuthenticationProvider {
  return {
    onDidChangeSessions: provider.onDidChangeSessions,
    getSessions: (scopes, options) => provider.getSessions(scopes, options),
    createSession: (scopes, options) => provider.createSession(scopes, options),
    removeSession: (id) => provider.removeSession(id),
  };
}

function inBatches(provider: vscode.AuthenticationProvider): Question {
  return async () => {
    for (let call = 0; call < BATCH; call++) await provider.getSessions(SCOPES, {});
  };
}

/** Asks the questions in turns, so that other load disturbs all alike. Ten rounds are not counted. */
async function askInTurns(
  questions: ReadonlyMap<Subject, Question>,
  rounds: number,
): Promise<Map<Subject, number[]>> {
  const samples = new Map<Subject, number[]>([...questions.keys()].map((subject) => [subject, []]));
  for (let round = -10; round < rounds; round++) {
    for (const [subject, ask] of questions) {
      const time = await timeOf(ask);
      if (round >= 0) samples.get(subject)?.push(time);
    }
  }
  return samples;
}

/** Converts milliseconds of a batch to microseconds of a call. */
function perCall(samples: ReadonlyMap<Subject, number[]>): Map<Subject, number[]> {
  return new Map(
    [...samples].map(([subject, times]) => [subject, times.map((time) => (time * 1000) / BATCH)]),
  );
}
