import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';

/**
 * Returns the certificates of the file that `SSL_CERT_FILE` names. As in curl, they replace the built-in
 * ones. Those of `NODE_EXTRA_CA_CERTS` are added. Undefined means Node's own, which has read
 * `NODE_EXTRA_CA_CERTS` already.
 * @throws ConfigurationError when the file of `SSL_CERT_FILE` cannot be read, or has no certificate.
 */
export async function environmentCertificates(
  env: NodeJS.ProcessEnv,
): Promise<string[] | undefined> {
  const file = env['SSL_CERT_FILE'];
  if (!file) return undefined;
  const ca = [await certificatesIn(file)];
  const extra = env['NODE_EXTRA_CA_CERTS'];
  // If this file is missing, Node has printed a warning.
  if (extra) ca.push(await readFile(extra, 'utf8').catch(() => ''));
  return ca.filter((text) => text !== '');
}

async function certificatesIn(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    // Node's TLS ignores a file without certificates.
    new X509Certificate(text);
    return text;
  } catch {
    // The reason would contain the value of the variable.
    throw new ConfigurationError(
      'The file of the variable SSL_CERT_FILE has no readable certificate.',
    );
  }
}
