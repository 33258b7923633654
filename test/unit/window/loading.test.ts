import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import vm from 'node:vm';
import esbuild, { type BuildOptions } from 'esbuild';
import { nodeBundle, webBundle } from '../../../scripts/buildExtension.ts';
import { recordedApi } from './recordedApi.ts';

/** What VS Code must be told at each start. Anything else can wait until somebody asks. */
const REGISTRATIONS = [
  ...['authentication.registerAuthenticationProvider', 'authentication.onDidChangeSessions'],
  ...['commands.registerCommand', 'extensions.onDidChange', 'workspace.onDidChangeConfiguration'],
  ...['window.registerUriHandler', 'Disposable.from', 'EventEmitter', 'Uri.joinPath'],
].map((name) => `vscode.${name}`);
const LISTENERS = [
  ...['context.secrets.onDidChange', 'BroadcastChannel', 'BroadcastChannel().addEventListener'],
];

/** A bundle that was loaded beside recorded APIs. */
interface Loaded {
  readonly calls: string[];
  readonly activate: (context: unknown) => void;
  /** Tasks that wait for the end of the activation. */
  readonly timers: (() => void)[];
}

/** About scripts/buildExtension.ts, src/window and the top level of every file in src. */
describe('the start of a window', () => {
  for (const [host, bundle] of [
    ['Node', nodeBundle],
    ['a browser', webBundle],
  ] as const) {
    describe(`in ${host}`, () => {
      let text: string;
      before(async () => (text = await build(bundle)));

      it('loads without a call of VS Code, of Node or of the browser', () => {
        assert.deepEqual(load(text).calls, []);
      });

      it('only registers, and reads no secret and no setting', () => {
        const { calls, activate } = load(text);
        activate(context(calls));
        const others = calls.filter((call) => !REGISTRATIONS.includes(withoutEvent(call)));
        assert.deepEqual(
          others.filter((call) => !LISTENERS.includes(call)),
          [],
        );
        assert.ok(calls.includes('vscode.authentication.registerAuthenticationProvider'));
      });

      it('reads the sessions once, after the activation, for the menu and for the palette', async () => {
        const { calls, activate, timers } = load(text);
        activate(context(calls));
        for (const task of timers) task();
        await setImmediate();
        assert.equal(calls.filter((call) => call === 'context.secrets.keys').length, 1);
      });
    });
  }
});

async function build(bundle: BuildOptions): Promise<string> {
  const { outputFiles } = await esbuild.build({ ...bundle, write: false });
  return outputFiles[0]?.text ?? '';
}

function load(text: string): Loaded {
  const calls: string[] = [];
  const timers: (() => void)[] = [];
  const vscode = recordedApi('vscode', calls);
  const require = (name: string) => {
    if (name === 'vscode') return vscode;
    assert.ok(isBuiltin(name), `${name} is no part of Node`);
    return recordedApi(name, calls);
  };
  const module = { exports: {} as { activate: Loaded['activate'] } };
  const sandbox = {
    ...{ module, require, exports: module.exports },
    ...{ URL, TextEncoder, TextDecoder, AbortSignal, AbortController, crypto },
    process: { env: {}, platform: 'linux' },
    navigator: {},
    BroadcastChannel: recordedApi('BroadcastChannel', calls),
    setTimeout: (task: () => void) => timers.push(task),
    clearTimeout: () => undefined,
  };
  vm.runInNewContext(text, sandbox);
  return { calls, timers, activate: (one) => module.exports.activate(one) };
}

const context = (calls: string[]): unknown =>
  new Proxy(
    { subscriptions: [] as unknown[] },
    {
      get: (target, key) =>
        key === 'subscriptions'
          ? target.subscriptions
          : recordedApi(`context.${String(key)}`, calls),
    },
  );

/** `new EventEmitter().event` is called by whoever listens. */
const withoutEvent = (call: string): string => call.replace(/\(\).*$/, '');
