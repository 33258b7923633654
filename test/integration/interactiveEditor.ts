import { COMMAND_NAMES, runCommand } from '../../src/commands/runCommand.ts';
import { eventually } from './eventually.ts';
import { HeldTimers } from './heldTimers.ts';
import { Outside } from './outside.ts';
import { TestEditor } from './testEditor.ts';
import { QuickInputs } from './quickInputs.ts';
import { ShownProgress } from './shownProgress.ts';

/** After so long a person is asked whether something is wrong, in milliseconds. */
export const HINT_MS = 15_000;

/** A window of its own with a person at it: they see, answer and cancel everything there is. */
export class InteractiveEditor extends TestEditor {
  readonly inputs = new QuickInputs();
  readonly progress = new ShownProgress();
  readonly outside = new Outside();
  readonly timers = new HeldTimers(HINT_MS);

  /** The address that the browser is opened with as the `count`th, as soon as it is. */
  async page(count = 1): Promise<string> {
    return eventually(() => this.window.opened[count - 1]);
  }

  /** The message of the sign-in, as soon as its browser is open for long. */
  async hint(): Promise<void> {
    await eventually(() => this.timers.has(HINT_MS));
    this.timers.pass(HINT_MS);
  }

  /** Clicks a link of the message that stands there while a sign-in runs. */
  click(text: string): void {
    const { command, argument } = this.progress.latest.link(text);
    const name = COMMAND_NAMES.find((one) => `spotify-authentication.${one}` === command);
    if (!name) throw new Error(`Nobody has registered ${command}.`);
    void runCommand(this.window.context, name, [argument]);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    this.progress[Symbol.dispose]();
    await super[Symbol.asyncDispose]();
    this.inputs[Symbol.dispose]();
    this.outside[Symbol.dispose]();
    this.timers[Symbol.dispose]();
  }
}
