import * as vscode from 'vscode';
import { EXTENSION_ID } from './redirectUri.ts';

/**
 * Returns the other extensions of this extension host whose manifest declares an authentication
 * provider `spotify`.
 * @param ownId The id of this extension.
 */
export function competingExtensions(ownId = EXTENSION_ID): vscode.Extension<unknown>[] {
  return vscode.extensions.all.filter(
    ({ id, packageJSON }) =>
      id.toLowerCase() !== ownId.toLowerCase() && declaresSpotify(packageJSON),
  );
}

/** Whether a manifest declares the provider `spotify`. The manifest may have any shape. */
function declaresSpotify(manifest: unknown): boolean {
  const { contributes } = (manifest ?? {}) as { contributes?: { authentication?: unknown } };
  const declared = contributes?.authentication;
  if (!Array.isArray(declared)) return false;
  return declared.some((one: { id?: unknown } | null) => one?.id === 'spotify');
}
