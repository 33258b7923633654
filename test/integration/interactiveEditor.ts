import { COMMAND_NAMES, runCommand } from '../../src/commands/runCommand.ts';
import { eventually } from './eventually.ts';
import { HeldTimers } from './heldTimers.ts';
import { Outside } from './outside.ts';
import { TestEditor } from './testEditor.ts';
import { QuickInputs } from './quickInputs.ts';
import { ShownProgress } from './shownProgress.ts';

/** The time after which a sign-in offers more help, in milliseconds. */
export const HINT_MS = 15_000;

/** An editor whose lists, boxes, progress and pages a test sees and answers as the user would. */
export class InteractiveEditor extends TestEditor {
  readonly inputs = new QuickInputs();
  readonly progress = new ShownProgress();
  readonly outside = new Outside();
  readonly timers = new HeldTimers(HINT_MS);

  /** The `count`th address that the window opens in the browser, as soon as it does. */
  async page(count = 1): Promise<string> {
    return eventually(() => this.window.opened[count - 1]);
  }

  /** Lets the time pass after which a sign-in offers more help. */
  async hint(): Promise<void> {
    await eventually(() => this.timers.has(HINT_MS));
    this.timers.pass(HINT_MS);
  }

  /** Clicks a link in the progress message of the running sign-in. */
  click(text: string): void {
    const { command, argument } = this.progress.latest.link(text);
    const name = COMMAND_NAMES.find((one) => `spotify-authentication.${one}` === command);
    if (!name) throw new Error(`There is no command ${command}.`);
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
