import * as vscode from 'vscode';
import { normalizeScopes } from '../src/auth/scopes.ts';
import { EditorStorage } from '../test/integration/editorStorage.ts';
import { TestWindow } from '../test/integration/testWindow.ts';
import { OWN_ID } from '../test/integration/signInRequest.ts';
import { startConfiguredSpotify } from '../test/integration/standIn.ts';
import type { Samples } from './run.ts';

const SCOPES = ['user-read-private'];
const ROUNDS = 30;
/** Calls of one round: enough to be measured, few enough that a busy machine spoils few rounds. */
const CALLS = { direct: 1000, throughEditor: 40 };

/** A session that is asked for again and again, of ours and of one that has nothing to think about. */
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

/** Other sessions of the account, with more scopes, and as many of other accounts. */
async function addSessions({ store }: TestWindow, count: number): Promise<void> {
  const [model] = await store.all();
  if (!model) throw new Error('There is no session to copy.');
  for (let index = 0; index < count; index++) {
    const id = `copy-${index}`;
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

/** Registers the provider and lets us use its session, as a click in the Accounts menu does. */
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

/** Its members bound, since those of a class are not its own. */
function asObject(provider: vscode.AuthenticationProvider): vscode.AuthenticationProvider {
  return {
    onDidChangeSessions: provider.onDidChangeSessions,
    getSessions: (scopes, options) => provider.getSessions(scopes, options),
    createSession: (scopes, options) => provider.createSession(scopes, options),
    removeSession: (id) => provider.removeSession(id),
  };
}

/** In turns, so that whatever else the machine does hits all alike; the first round warms up. */
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
