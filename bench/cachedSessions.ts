import * as vscode from 'vscode';
import { normalizeScopes } from '../src/auth/scopes.ts';
import { EditorStorage } from '../test/integration/editorStorage.ts';
import { TestWindow } from '../test/integration/testWindow.ts';
import { OWN_ID } from '../test/integration/signInRequest.ts';
import { startConfiguredSpotify } from '../test/integration/standIn.ts';
import type { Samples } from './run.ts';

const SCOPES = ['user-read-private'];
const ROUNDS = 30;
/** Calls per round: enough for the clock, and few enough that a busy machine disturbs few rounds. */
const CALLS = { direct: 1000, throughEditor: 40 };

/** Requests a cached session many times, of our provider and of one that returns a constant. */
export async function cachedSessions(): Promise<Samples> {
  const spotify = await startConfiguredSpotify();
  await using one = new EditorStorage();
  await using hundred = new EditorStorage();
  using ofOne = new TestWindow(one);
  using ofHundred = new TestWindow(hundred);
  await ofOne.provider.createSession(SCOPES);
  await ofHundred.provider.createSession(SCOPES);
  await addSessions(ofHundred, 99);
  const providers = new Map<string, vscode.AuthenticationProvider>([
    ['constant', constantProvider(await ofOne.provider.createSession(SCOPES))],
    ['1 session', ofOne.provider],
    ['100 sessions', ofHundred.provider],
  ]);
  const questions = new Map<string, { ask: () => PromiseLike<unknown>; calls: number }>();
  for (const [name, provider] of providers) {
    const ask = () => provider.getSessions(SCOPES, {});
    questions.set(`${name}: the provider alone`, { ask, calls: CALLS.direct });
  }
  for (const [name, provider] of providers) {
    const ask = await askThroughEditor(name.replace(' ', '-'), provider);
    questions.set(`${name}: through vscode.authentication`, { ask, calls: CALLS.throughEditor });
  }
  spotify.requests.clear();
  const samples = await measure(questions);
  const requests = spotify.requests.all.length;
  await spotify.close();
  if (requests > 0) throw new Error(`${requests} requests: the sessions were not cached.`);
  return samples;
}

/** Adds `count` sessions, half of them of the same account with more scopes, half of other accounts. */
async function addSessions({ store }: TestWindow, count: number): Promise<void> {
  const [model] = await store.all();
  if (!model) throw new Error('There is no session to copy.');
  for (let index = 0; index < count; index++) {
    const id = `copy${index}`;
    const account = index % 2 ? model.account : { id, profileId: id, label: id };
    const scopes = index % 2 ? [...model.scopes, `scope-${index}`] : [`scope-${index}`];
    const token = { ...model.token, scope: normalizeScopes(scopes).join(' ') };
    await store.put({ ...model, id, account, scopes, token });
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
async function askThroughEditor(id: string, provider: vscode.AuthenticationProvider) {
  const options = { supportsMultipleAccounts: true };
  const withoutSession = { ...asObject(provider), getSessions: () => Promise.resolve([]) };
  const asked = vscode.authentication.registerAuthenticationProvider(
    id,
    id,
    withoutSession,
    options,
  );
  await vscode.authentication.getSession(id, SCOPES);
  const entries = await vscode.commands.getCommands();
  const entry = entries.find((command) => command.startsWith(`${id}:${OWN_ID}:signIn`));
  if (!entry) throw new Error('The Accounts menu has no entry to sign in with.');
  await vscode.commands.executeCommand(entry);
  asked.dispose();
  vscode.authentication.registerAuthenticationProvider(id, id, provider, options);
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

/** Measures all in turns, so that other load disturbs all alike. The first round is left out. */
async function measure(
  questions: ReadonlyMap<string, { ask: () => PromiseLike<unknown>; calls: number }>,
): Promise<Samples> {
  const samples = new Map([...questions.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, { ask, calls }] of questions) {
      const start = performance.now();
      for (let call = 0; call < calls; call++) await ask();
      const perCall = ((performance.now() - start) * 1000) / calls;
      if (round > 0) samples.get(name)?.push(perCall);
    }
  }
  return samples;
}
