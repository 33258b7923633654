import path from 'node:path';
import { vsix } from '../scripts/paths.ts';
import { Fixture } from '../test/editorFixture.ts';
import { closeSharedEditors } from '../test/sharedEditors.ts';
import { type Measurement, rowsOf, type Subject } from './measurement.ts';

/** Measures how long the bundle for browsers loads in VS Code for the Web. */
export async function workerLoadingTimes(): Promise<Measurement[]> {
  const worker = path.join(import.meta.dirname, 'worker');
  const editor = await Fixture.open({ pageHost: 'vscode.dev', extensions: [vsix, worker] });
  try {
    await editor.workbench.notifications.waitFor('The bundles were measured.');
    const samples = JSON.parse(await editor.workbench.clipboard()) as Record<Subject, number[]>;
    const { ours, nothing } = samples;
    const bySubject = new Map<Subject, number[]>([
      ['ours', ours],
      ['nothing', nothing],
    ]);
    return rowsOf('Load of the bundle in a browser', 'ms', bySubject, {
      [`median of ${ours.length}`]: 0.5,
    });
  } finally {
    await editor.close();
    await closeSharedEditors();
  }
}
