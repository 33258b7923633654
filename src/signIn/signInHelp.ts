import * as vscode from 'vscode';
import { unlessAborted } from '../auth/abortable.ts';
import type { FlowName } from '../common/configuration.ts';
import type { Flow, OpenFlow } from '../flows/flow.ts';
import { askForAddress } from '../flows/pasteBox.ts';
import type { SignInProgress } from '../messages/progress.ts';
import { progressStrings } from '../messages/signIn.ts';
import { copyLink } from './copiedLink.ts';
import { RestartSignIn } from './errors.ts';
import { askWhatPageSays, type Remedy } from './pageSays.ts';
import { askForAnotherFlow, unanswered } from './questions.ts';
import type { RunningSignIn } from './runningSignIns.ts';
import type { SignInEnvironment } from './signInEnvironment.ts';
import type { Tries, Try } from './tries.ts';

/** When the notification offers more help, in milliseconds after Spotify's page opened. */
const HINT_MS = 15_000;

/** Options of {@link SignInHelp}. */
export interface HelpOptions {
  readonly environment: SignInEnvironment;
  readonly progress: SignInProgress;
  /** Called as soon as Spotify's page is open. */
  readonly onOpened: () => void;
}

/** The help in the progress notification while a sign-in waits for the browser. */
export class SignInHelp implements RunningSignIn {
  /** Aborts if the user cancels, if the time is up, or if the user wants another try. */
  readonly signal: AbortSignal;
  readonly #try: Try;
  readonly #tries: Tries;
  readonly #options: HelpOptions;
  readonly #registered: { readonly id: string; dispose(): void };
  readonly #restart = new AbortController();
  /** Aborts when the sign-in no longer waits for the browser. */
  readonly #answered = new AbortController();
  readonly #pasted = Promise.withResolvers<string>();
  #page: { url: string; state: string; redirectUri: string } | undefined;
  #hint: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the user has answered the latest question of the help. */
  #question: Promise<void> = Promise.resolve();

  constructor(current: Try, tries: Tries, options: HelpOptions) {
    this.#try = current;
    this.#tries = tries;
    this.#options = options;
    this.signal = AbortSignal.any([options.progress.signal, this.#restart.signal]);
    this.#registered = options.environment.running.add(this);
  }

  /** Returns the flow with additions: its answer can be pasted, and the progress shows its steps. */
  accompany(openFlow: OpenFlow): OpenFlow {
    return async (options) => {
      const onWait = () => this.#options.progress.say(progressStrings.queued(this.#registered.id));
      const flow = await openFlow({ ...options, onWait });
      return {
        ...flow,
        openBrowser: (url) => this.#open(url, flow),
        waitForCallback: (signal) => this.#waitForAnswer(flow, signal),
      };
    };
  }

  /** Closes the questions of the help. Commands no longer find the sign-in. */
  end(): void {
    this.#stopAsking();
    this.#registered.dispose();
  }

  openPageAgain(): void {
    if (!this.#page || this.#answered.signal.aborted) return;
    // If the user declines to open the browser, the sign-in goes on.
    this.#options.environment.openBrowser(this.#page.url).catch(() => undefined);
  }

  copyLink(): void {
    if (this.#page) void copyLink(this.#page.url, this.#tries.log);
  }

  paste(): void {
    const { flow } = this.#try;
    if (flow === 'paste') return;
    // Before Spotify's page, and if the browser opens no link to the editor, no address is shown.
    if (!this.#page || (flow === 'editorLink' && !this.#tries.redirectUri)) {
      this.#restart.abort(new RestartSignIn({ flow: 'paste' }));
      return;
    }
    const asked = askForAddress({ ...this.#page, signal: this.#answered.signal, copyLink: true });
    // It rejects if the user closes the box, or if the answer arrives by the flow.
    asked.then(this.#pasted.resolve, () => undefined);
  }

  pageSays(): void {
    if (!this.#page) return;
    const { client, scopes } = this.#try;
    const { setUp } = this.#options.environment;
    const page = {
      ...this.#page,
      client,
      scopes,
      configured: this.#tries.redirectUri,
      otherFlows: this.#otherFlows,
      correctClientId: (id: string, signal: AbortSignal) => setUp.correct(id, signal),
    };
    this.#question = this.#apply(askWhatPageSays(page, this.#answered.signal));
  }

  tryAnotherWay(): void {
    this.#question = this.#apply(askForAnotherFlow(this.#otherFlows, this.#answered.signal));
  }

  get #otherFlows(): FlowName[] {
    return this.#tries.flows.filter((flow) => flow !== this.#try.flow);
  }

  async #apply(asked: Promise<Remedy>): Promise<void> {
    const remedy = await asked.catch(unanswered(this.#tries.log));
    if (remedy === 'paste') this.paste();
    else if (remedy === 'cancel') this.#restart.abort(new vscode.CancellationError());
    else if (remedy && !this.#answered.signal.aborted) {
      this.#restart.abort(new RestartSignIn(remedy));
    }
  }

  async #open(url: string, { state, redirectUri, openBrowser }: Flow): Promise<void> {
    const { environment, progress, onOpened } = this.#options;
    const { flow } = this.#try;
    const { id } = this.#registered;
    this.#page = { url, state, redirectUri };
    progress.say(progressStrings.opening(id, flow));
    await (openBrowser ?? environment.openBrowser)(url);
    this.#tries.log.debug('Spotify’s page was opened.');
    if (this.#answered.signal.aborted) return;
    progress.say(progressStrings.waiting(id, flow));
    onOpened();
    const hint = () => progress.say(progressStrings.hint(id, flow, this.#otherFlows.length > 0));
    this.#hint = setTimeout(hint, HINT_MS);
  }

  async #waitForAnswer(flow: Flow, signal: AbortSignal): Promise<string> {
    const waiting = AbortSignal.any([signal, this.#answered.signal]);
    try {
      const received = this.#received(flow, waiting).then((url) => ({ url, by: this.#try.flow }));
      const pasted = this.#pasted.promise.then((url) => ({ url, by: 'paste' }));
      const { url, by } = await Promise.race([received, pasted]);
      this.#tries.log.debug(`The answer came by ${by}.`);
      return url;
    } finally {
      this.#stopAsking();
      this.#options.progress.say(progressStrings.answered());
    }
  }

  async #received(flow: Flow, signal: AbortSignal): Promise<string> {
    for (;;) {
      const before = this.#question;
      try {
        return await flow.waitForCallback(signal);
      } catch (error) {
        signal.throwIfAborted();
        // VS Code shows one input at a time, so a question of the help has closed the flow's input.
        if (this.#question === before) throw error;
        await this.#questionsAnswered(signal);
      }
    }
  }

  async #questionsAnswered(signal: AbortSignal): Promise<void> {
    for (let asked; asked !== this.#question;) {
      asked = this.#question;
      await unlessAborted(asked, signal);
    }
  }

  #stopAsking(): void {
    clearTimeout(this.#hint);
    this.#answered.abort(new vscode.CancellationError());
  }
}
