import type { EditorOptions } from '../../editorFixture.ts';
import { ConsumerEditor } from './consumerEditor.ts';

/**
 * Lets the tests of a suite share an editor, which is reset before each test. After a test that
 * failed, the next one gets a new editor, because the state of the old one is unknown.
 * @returns an object whose `current` is the editor of the running test
 */
export function shareConsumerEditor(options: Omit<EditorOptions, 'extensions'> = {}): {
  readonly current: ConsumerEditor;
} {
  let editor: ConsumerEditor | undefined;
  const close = async (): Promise<void> => {
    const closing = editor;
    editor = undefined;
    await closing?.close();
  };

  beforeEach(async () => {
    if (editor) await editor.reset();
    else editor = await ConsumerEditor.open(options);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'passed') await close();
  });
  after(close);

  return {
    get current(): ConsumerEditor {
      if (!editor) throw new Error('No test is running.');
      return editor;
    },
  };
}
