import type * as vscode from 'vscode';
import type { App, Spotify } from '../spotify/index.ts';
import { signOutAllAccounts, useDemoApp, useNewApp } from './asConsumer.ts';
import { resetSpotify, startConfiguredSpotify } from './standIn.ts';

type Resource = Disposable | AsyncDisposable | vscode.Disposable;

/** What a suite needs besides the stand-in. */
export interface SuiteOptions<Editor> {
  /**
   * Opens an editor for each test. Without it the tests use the extension that VS Code has
   * activated, and each test ends with a sign-out of all its accounts.
   */
  readonly editor?: (test: {
    readonly spotify: Spotify;
    readonly app: App;
  }) => Editor | Promise<Editor>;
  /** Whether each test has a new Spotify app, whose client ID is in the settings. */
  readonly ownApp?: boolean;
}

/** What the running test of a suite has. */
export interface IntegrationSuite<Editor> {
  /** The stand-in, which is as new at the beginning of each test. */
  readonly spotify: Spotify;
  /** The Spotify app of the settings. Throws unless the suite has the option `ownApp`. */
  readonly app: App;
  /** Throws unless the suite has the option `editor`. */
  readonly editor: Editor;
  /** Disposes of `resource` at the end of the test, before its editor; the latest one first. */
  use<T extends Resource>(resource: T): T;
}

/**
 * Registers the hooks of an integration suite, to be called first in its `describe`. They start the
 * stand-in before the first test and stop it after the last. Around each test they open and close
 * its app and its editor.
 */
export function integrationSuite<Editor extends AsyncDisposable>(
  options: SuiteOptions<Editor> = {},
): IntegrationSuite<Editor> {
  let spotify: Spotify | undefined;
  let app: App | undefined;
  let editor: Editor | undefined;
  const resources: Resource[] = [];
  const suite: IntegrationSuite<Editor> = {
    get spotify() {
      return defined(spotify, 'stand-in');
    },
    get app() {
      return defined(app, 'own app');
    },
    get editor() {
      return defined(editor, 'editor');
    },
    use(resource) {
      resources.push(resource);
      return resource;
    },
  };

  before(async () => {
    spotify = await startConfiguredSpotify();
  });
  after(() => spotify?.close());
  beforeEach(async () => {
    resetSpotify(suite.spotify);
    if (options.ownApp) app = await useNewApp(suite.spotify);
    editor = await options.editor?.(suite);
  });
  afterEach(async () => {
    for (const resource of resources.splice(0).reverse()) await dispose(resource);
    if (!options.editor) await signOutAllAccounts();
    await editor?.[Symbol.asyncDispose]();
    if (options.ownApp) await useDemoApp();
    editor = app = undefined;
  });
  return suite;
}

function defined<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`This suite has no ${name} now.`);
  return value;
}

async function dispose(resource: Resource): Promise<void> {
  if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
  else if (Symbol.dispose in resource) resource[Symbol.dispose]();
  else resource.dispose();
}
