import { EditorStorage } from './editorStorage.ts';
import { TestWindow } from './testWindow.ts';
import { ShownMessages } from './shownMessages.ts';

/** One window on a storage of its own, and what it shows. */
export class TestEditor implements AsyncDisposable {
  readonly storage = new EditorStorage();
  readonly messages = new ShownMessages();
  readonly window = new TestWindow(this.storage);

  async [Symbol.asyncDispose](): Promise<void> {
    // A message that is still on its way would be taken for one of the next test's.
    await this.window.allMessagesShown();
    this.window[Symbol.dispose]();
    this.messages[Symbol.dispose]();
    await this.storage[Symbol.asyncDispose]();
  }
}
