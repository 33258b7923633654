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

/** What {@link ClientIdSetUp} works with. */
export interface ClientIdSetUpOptions {
  /** Of this machine, for all windows. */
  readonly memory: Memento;
  readonly accounts: Endpoints;
  readonly fetch: Fetch;
  /** What an app has to list for this window, the most needed first. */
  readonly neededUris: () => Promise<readonly NeededUri[]>;
  readonly log: Log;
}

/** Leads a person to a client ID of their own, and keeps it. */
export class ClientIdSetUp {
  readonly #options: ClientIdSetUpOptions;
  readonly #progress: SetUpProgress;
  /** What was given here last. */
  #given: string | undefined;

  constructor(options: ClientIdSetUpOptions) {
    this.#options = options;
    this.#progress = new SetUpProgress(options.memory);
  }

  /**
   * Goes through the steps, from where they were left, until there is a client ID. It is in no
   * setting yet: see {@link keep}.
   * @throws vscode.CancellationError when the person closes a step.
   */
  async run(): Promise<string> {
    const left = this.#progress.get();
    let step: Step = left?.step ?? 'app';
    let typed = left?.typed || configuredClientId() || '';
    const onTyped = (text: string) => {
      typed = text;
      this.#progress.set({ step, typed });
    };
    for (;;) {
      this.#progress.set({ step, typed });
      if (step === 'app') {
        step = 'redirectUris';
        if ((await askForApp()) === 'goOn') continue;
        // Where the browser takes them is where they go on, whatever becomes of this window.
        this.#progress.set({ step, typed });
        await openDashboard();
      } else if (step === 'redirectUris') {
        const needed = await this.#options.neededUris();
        step = (await showRedirectUris(needed)) === 'back' ? 'app' : 'clientId';
      } else {
        const answer = await this.#ask({ value: typed, isLastStep: true, onTyped });
        if (answer !== 'back') return answer.clientId;
        step = 'redirectUris';
      }
    }
  }

  /** The same, and keeps the client ID at once: the person has come for nothing else. */
  async change(): Promise<string> {
    const clientId = await this.run();
    await this.keep(clientId);
    return clientId;
  }

  /**
   * The last step alone; undefined when the person closes it.
   * @param signal Closes it; the promise then rejects with its reason.
   */
  async correct(clientId: string, signal: AbortSignal): Promise<string | undefined> {
    const asked = { value: clientId, isLastStep: false, signal };
    const answer = await this.#ask(asked).catch(() => 'back' as const);
    return answer === 'back' ? undefined : answer.clientId;
  }

  /**
   * Told of a client ID that has proved to be one: the set-up is done. Keeps it in the settings if it
   * is what the person gave here last. A setting that cannot be written fails nothing.
   */
  async keep(clientId: string): Promise<void> {
    const isGiven = clientId === this.#given;
    this.#given = undefined;
    try {
      if (isGiven && clientId !== configuredClientId()) await saveClientId(clientId);
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
    if (answer !== 'back') this.#given = answer.clientId;
    return answer;
  }
}
