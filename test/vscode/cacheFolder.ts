import path from 'node:path';

/** Where editors are installed and logs are kept, ignored by git. Deleting it costs only time. */
export const cacheFolder = path.resolve(import.meta.dirname, '../../.vscode-test');
