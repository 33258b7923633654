/**
 * Has windows refresh many sessions for a long time, with faults, kills and a clock that jumps, and prints what
 * came of it. The exit code is 1 if a figure is wrong. See `options.ts`.
 */
import process from 'node:process';
import { buildWindowProcess } from '../../test/processes/windowClient.ts';
import { readOptions } from './options.ts';
import { run } from './run.ts';

const { minutes, rotation, ...options } = readOptions();
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());
process.on('unhandledRejection', (reason) => {
  throw reason;
});

buildWindowProcess();
const seconds = (minutes * 60) / rotation.length;
let isRight = true;
for (const rotates of rotation) {
  const how = rotates ? 'rotate' : 'do not rotate';
  console.log(`\nRefresh tokens ${how}: ${Math.round(seconds)} s, --seed ${options.seed}`);
  const signal = interrupted.signal;
  isRight = (await run({ ...options, rotates, seconds, signal })) && isRight;
}
console.log(isRight ? '\nAll figures are right.' : '\nSome figures are wrong.');
process.exitCode = isRight ? 0 : 1;
