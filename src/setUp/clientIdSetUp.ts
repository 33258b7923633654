import type { Memento } from 'vscode';
import type { Endpoints } from '../auth/endpoints.ts';
import type { Fetch } from '../auth/transport.ts';
import { configuredClientId, saveClientId } from '../common/configuration.ts';
import type { NeededUri } from '../flows/neededUris.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { askForApp } from './appStep.ts';
import { askForClientId, type ClientIdAnswer } from './clientIdStep.ts';
import { isKnownClient } from './knownClient.ts';
import { showRedirectUris } from './redirectUriStep.ts';
import { SetUpProgress, type Step } from './setUpProgress.ts';
import { openDashboard } from './stepInput.ts';

/** The options of a {@link ClientIdSetUp}. */
export interface ClientIdSetUpOptions {
  /** Stores an unfinished set-up. All windows of this computer share this store. */
  readonly memory: Memento;
  readonly accounts: Endpoints;
  readonly fetch: Fetch;
  /** The redirect URIs that an app needs for sign-ins in this window, the most important first. */
  readonly neededUris: () => Promise<readonly NeededUri[]>;
  readonly log: Log;
  /** Called before a client ID is saved with which the user signs in next. */
  readonly beforeSignIn: (clientId: string) => Promise<unknown>;
}

/** Leads the user to a client ID of their own, and saves it in the settings. */
export class ClientIdSetUp {
  readonly #options: ClientIdSetUpOptions;
  readonly #progress: SetUpProgress;
  /** The client ID that the user entered last and that is not saved yet. */
  #entered: string | undefined;

  constructor(options: ClientIdSetUpOptions) {
    this.#options = options;
    this.#progress = new SetUpProgress(options.memory);
  }

  /**
   * Shows the steps one after the other, beginning at the step at which the user closed the set-up
   * before. Returns the client ID that the user entered. It is not saved yet: call {@link keep} to save
   * it.
   * @param signal Closes the open step when it is aborted.
   * @throws vscode.CancellationError if the user closes a step; the reason of the signal.
   */
  async run(signal?: AbortSignal): Promise<string> {
    const unfinished = this.#progress.get();
    let step: Step = unfinished?.step ?? 'app';
    let typed = unfinished?.typed || configuredClientId() || '';
    const onTyped = (text: string) => {
      typed = text;
      this.#progress.set({ step, typed });
    };
    for (;;) {
      this.#progress.set({ step, typed });
      if (step === 'app') {
        step = 'redirectUris';
        if ((await askForApp(signal)) === 'continue') continue;
        // Opening the browser may end this window. The user then resumes at the next step.
        this.#progress.set({ step, typed });
        await openDashboard();
      } else if (step === 'redirectUris') {
        const needed = await this.#options.neededUris();
        step = (await showRedirectUris(needed, signal)) === 'back' ? 'app' : 'clientId';
      } else {
        const answer = await this.#ask({ value: typed, isLastStep: true, onTyped, signal });
        if (answer !== 'back') return answer.clientId;
        step = 'redirectUris';
      }
    }
  }

  /**
   * Shows the steps as {@link run} does, saves the client ID in the settings, and returns it.
   * @param isForSignIn Whether the user signs in with the client ID next.
   * @throws vscode.CancellationError if the user closes a step.
   */
  async change(isForSignIn = true): Promise<string> {
    const clientId = await this.run();
    await this.keep(clientId, isForSignIn);
    return clientId;
  }

  /**
   * Shows the last step alone, so that the user can correct a client ID. Returns the new client ID,
   * which is not saved yet; undefined if the user closes the step or the signal is aborted.
   */
  async correct(clientId: string, signal: AbortSignal): Promise<string | undefined> {
    const question = { value: clientId, isLastStep: false, signal };
    const answer = await this.#ask(question).catch(() => 'back' as const);
    return answer === 'back' ? undefined : answer.clientId;
  }

  /**
   * Ends the set-up. If `clientId` is the client ID that the user entered last, saves it in the
   * settings. Never rejects: a failure is logged.
   */
  async keep(clientId: string, isForSignIn = true): Promise<void> {
    const isEntered = clientId === this.#entered;
    this.#entered = undefined;
    try {
      if (isEntered && clientId !== configuredClientId()) {
        if (isForSignIn) await this.#options.beforeSignIn(clientId);
        await saveClientId(clientId);
      }
      this.#progress.clear();
    } catch (error) {
      this.#options.log.warn(`The client ID cannot be saved. ${describeError(error)}`);
    }
  }

  async #ask(
    question: Omit<Parameters<typeof askForClientId>[0], 'isKnown'>,
  ): Promise<ClientIdAnswer> {
    const { accounts, fetch } = this.#options;
    const answer = await askForClientId({
      ...question,
      isKnown: (clientId, signal) => isKnownClient(clientId, { accounts, fetch, signal }),
    });
    if (answer !== 'back') this.#entered = answer.clientId;
    return answer;
  }
}
