import { ConfigurationError } from '../auth/errors.ts';
import { checkWritable } from '../auth/node/tokenFile.ts';
import { CommandError, EXIT } from './failure.ts';

/**
 * Checks before a sign-in that its token can be stored in a file, of which nothing changes.
 * @throws CommandError if the path names a folder, or the file cannot be written.
 */
export async function checkTokenPath(file: string): Promise<void> {
  try {
    await checkWritable(file);
  } catch (error) {
    const { code = 'unknown error', message } = error as NodeJS.ErrnoException;
    const isUntrusted = error instanceof ConfigurationError;
    throw new CommandError(
      isUntrusted ? message : `No token can be stored in ${file} (${code}).`,
      EXIT.failure,
      'Name another file with --cache.',
      { cause: error },
    );
  }
}
