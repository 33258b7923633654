import { EditorStorage } from './editorStorage.ts';
import { TestWindow } from './testWindow.ts';
import { ShownMessages } from './shownMessages.ts';

/** A window of the extension with a storage of its own, and the messages that it shows. */
export class TestEditor implements AsyncDisposable {
  readonly storage = new EditorStorage();
  readonly messages = new ShownMessages();
  readonly window = new TestWindow(this.storage);

  async [Symbol.asyncDispose](): Promise<void> {
    // The next test would otherwise get a message that is still on its way.
    await this.window.allMessagesShown();
    this.window[Symbol.dispose]();
    this.messages[Symbol.dispose]();
    await this.storage[Symbol.asyncDispose]();
  }
}
