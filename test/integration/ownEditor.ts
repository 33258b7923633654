import { EditorStorage, OwnProvider } from './ownProvider.ts';
import { ShownMessages } from './shownMessages.ts';

/** One window on a storage of its own, and what it shows. */
export class OwnEditor implements Disposable {
  readonly storage = new EditorStorage();
  readonly messages = new ShownMessages();
  readonly window = new OwnProvider(this.storage);

  [Symbol.dispose](): void {
    this.window[Symbol.dispose]();
    this.messages[Symbol.dispose]();
    this.storage[Symbol.dispose]();
  }
}
