// Keeps the secrets of a Theia in the file KEYTAR_FILE. Without it, every call is rejected a little later, as
// by the real package where there is no keyring. The real package needs a compiler.
const { readFileSync, writeFileSync } = require('node:fs');

const file = process.env.KEYTAR_FILE;

async function secretsOf(service) {
  await new Promise((resolve) => setTimeout(resolve, 10));
  if (!file) throw new Error('There is no keyring.');
  const all = JSON.parse(readFileSync(file, 'utf8'));
  const secrets = (all[service] ??= {});
  return { secrets, save: () => writeFileSync(file, JSON.stringify(all)) };
}

exports.getPassword = async (service, account) =>
  (await secretsOf(service)).secrets[account] ?? null;

exports.setPassword = async (service, account, password) => {
  const { secrets, save } = await secretsOf(service);
  secrets[account] = password;
  save();
};

exports.deletePassword = async (service, account) => {
  const { secrets, save } = await secretsOf(service);
  const isThere = account in secrets;
  delete secrets[account];
  save();
  return isThere;
};

exports.findCredentials = async (service) =>
  Object.entries((await secretsOf(service)).secrets).map(([account, password]) => ({
    account,
    password,
  }));

exports.findPassword = async (service) =>
  Object.values((await secretsOf(service)).secrets)[0] ?? null;
