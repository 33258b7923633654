import * as vscode from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { unlessAborted } from '../auth/abortable.ts';
import type { Log } from '../common/log.ts';
import { linkCopied, progressStrings } from '../messages/signIn.ts';
import type { SignedIn } from '../sessions/newSession.ts';
import { askForAnotherFlow } from './questions.ts';
import type { Flow, OpenFlow } from '../flows/flow.ts';
import { type Advice, askWhatPageSays, type CorrectClientId } from './pageSays.ts';
import { askForAddress } from '../flows/pasteBox.ts';
import type { SignInProgress } from '../messages/progress.ts';
import type { RunningSignIn } from './runningSignIns.ts';
import { type SignInEnvironment, signIn, type SignInRequest } from './browserTrip.ts';
import { RestartSignIn } from './startOver.ts';

/** When a person is asked whether something is wrong, in milliseconds after the page opened. */
const HINT_MS = 15_000;

/** How an attempt goes about it. */
export interface AttemptOptions {
  readonly flow: FlowName;
  readonly openFlow: OpenFlow;
  /** What else may be tried. */
  readonly otherFlows: readonly FlowName[];
  /** The redirect URI of the settings. */
  readonly redirectUri: string | undefined;
  readonly environment: SignInEnvironment;
  readonly progress: SignInProgress;
  readonly correctClientId: CorrectClientId;
  readonly log: Log;
  /** Called as soon as Spotify's page is open. */
  readonly onOpened: () => void;
}

/** One try of one way back, whose answer can be pasted just as well. */
export class Attempt implements RunningSignIn {
  /** Names this attempt in the links of its progress. */
  id = 0;
  readonly #request: SignInRequest;
  readonly #options: AttemptOptions;
  readonly #restart = new AbortController();
  /** Aborts when nothing of the browser is waited for any more. */
  readonly #answered = new AbortController();
  readonly #pasted = Promise.withResolvers<string>();
  #page: { url: string; state: string; redirectUri: string } | undefined;
  #hint: ReturnType<typeof setTimeout> | undefined;
  /** What the person was asked last, until they have answered. */
  #question: Promise<void> = Promise.resolve();

  constructor(request: SignInRequest, options: AttemptOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** @throws RestartSignIn when the person says what is wrong; otherwise as `signIn`. */
  async run(): Promise<SignedIn> {
    const { environment, redirectUri, progress, log } = this.#options;
    const openFlow: OpenFlow = async (asked) => this.#withHelp(await this.#options.openFlow(asked));
    const signal = AbortSignal.any([progress.signal, this.#restart.signal]);
    try {
      return await signIn(this.#request, { openFlow, redirectUri, signal, log }, environment);
    } finally {
      this.#stopAsking();
    }
  }

  copyLink(): void {
    if (!this.#page) return;
    const copied = vscode.env.clipboard.writeText(this.#page.url);
    copied.then(
      () => void vscode.window.showInformationMessage(linkCopied()),
      () => undefined,
    );
  }

  paste(): void {
    const { flow, redirectUri } = this.#options;
    if (!this.#page || flow === 'paste') return;
    // A browser that does not open a link to the editor shows no address that could be pasted.
    if (flow === 'editorLink' && !redirectUri) {
      this.#restart.abort(new RestartSignIn({ flow: 'paste' }));
      return;
    }
    const asked = askForAddress({ ...this.#page, signal: this.#answered.signal, copyLink: true });
    // Otherwise the box was closed, or the answer came another way.
    asked.then(this.#pasted.resolve, () => undefined);
  }

  pageSays(): void {
    if (!this.#page) return;
    const { redirectUri, correctClientId } = this.#options;
    const { client, scopes } = this.#request;
    const mayLeave = this.#options.otherFlows.length > 0;
    const known = {
      configured: redirectUri,
      client,
      scopes,
      mayLeave,
      correctClientId,
    };
    const page = { ...this.#page, ...known };
    this.#question = this.#follow(askWhatPageSays(page, this.#answered.signal));
  }

  tryAnotherWay(): void {
    this.#question = this.#follow(Promise.resolve('anotherWay'));
  }

  async #follow(advice: Promise<Advice>): Promise<void> {
    let change = await advice;
    if (change === 'paste') {
      this.paste();
      return;
    }
    if (change === 'cancel') {
      this.#restart.abort(new vscode.CancellationError());
      return;
    }
    if (change === 'anotherWay') {
      const flow = await askForAnotherFlow(this.#options.otherFlows, this.#answered.signal);
      change = flow && { flow };
    }
    if (change && !this.#answered.signal.aborted) this.#restart.abort(new RestartSignIn(change));
  }

  /** The flow, with a person who can be asked for what it waits for. */
  #withHelp(flow: Flow): Flow {
    const { environment, progress, log, onOpened } = this.#options;
    const { state, redirectUri, openBrowser = environment.openBrowser } = flow;
    return {
      ...flow,
      openBrowser: async (url) => {
        this.#page = { url, state, redirectUri };
        progress.say(progressStrings.opening(this.id, this.#options.flow));
        await openBrowser(url);
        log.debug('Spotify’s page was opened.');
        if (this.#answered.signal.aborted) return;
        progress.say(progressStrings.waiting(this.id, this.#options.flow));
        onOpened();
        this.#hint = setTimeout(() => this.#giveHint(), HINT_MS);
      },
      waitForCallback: async (signal) => {
        const waiting = AbortSignal.any([signal, this.#answered.signal]);
        try {
          const way = this.#options.flow;
          const received = this.#callbackOf(flow, waiting).then((url) => ({ url, way }));
          const pasted = this.#pasted.promise.then((url) => ({ url, way: 'paste' }));
          const answer = await Promise.race([received, pasted]);
          log.debug(`The answer came by ${answer.way}.`);
          return answer.url;
        } finally {
          this.#stopAsking();
          progress.say(progressStrings.answered());
        }
      },
    };
  }

  async #callbackOf(flow: Flow, signal: AbortSignal): Promise<string> {
    for (;;) {
      const before = this.#question;
      try {
        return await flow.waitForCallback(signal);
      } catch (error) {
        // One list or box is open at a time: the question has closed that of the flow.
        if (this.#question === before || signal.aborted) throw error;
        await this.#untilAsked(signal);
      }
    }
  }

  /** Resolves when the person has answered, or closed, whatever they were asked. */
  async #untilAsked(signal: AbortSignal): Promise<void> {
    for (let asked; asked !== this.#question;) {
      asked = this.#question;
      await unlessAborted(asked, signal);
    }
  }

  #giveHint(): void {
    const { flow, otherFlows, progress } = this.#options;
    progress.say(progressStrings.hint(this.id, flow, otherFlows.length > 0));
  }

  #stopAsking(): void {
    clearTimeout(this.#hint);
    this.#answered.abort(new vscode.CancellationError());
  }
}
