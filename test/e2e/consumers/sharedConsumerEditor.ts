import type { EditorOptions } from '../../editorFixture.ts';
import { ConsumerEditor } from './consumerEditor.ts';

/**
 * Has the tests of a suite share one editor, which is as new for each: `current` is what they use.
 * A test that fails leaves nobody knows what, so that the next one gets an editor of its own.
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
