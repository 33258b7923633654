import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { floors } from '../../scripts/floors.ts';

const root = path.resolve(import.meta.dirname, '../..');
const contributing = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');

/** The rows of CONTRIBUTING's table: from the ground up, what stands on each floor. */
function documentedFloors(): string[][] {
  const rows = [...contributing.matchAll(/^\| (\d+) +\| (.*?)\|/gm)];
  const sorted = rows.sort(([, a], [, b]) => Number(a) - Number(b));
  return sorted.map(([, , where = '']) =>
    [...where.matchAll(/`([^`]+)`/g)].map(([, name = '']) => `./${name.replace(/\/$/, '')}`),
  );
}

/** The files that the first shell command in CONTRIBUTING counts. */
function countedFiles(): string[] {
  const command = /^wc -l ([\s\S]*?)\n```/m.exec(contributing)?.[1] ?? '';
  return command.split(/[\s\\]+/).flatMap((word) => {
    const [, start = '', names = '', end = ''] = /^(.*)\{(.*)\}(.*)$/.exec(word) ?? [];
    return names ? names.split(',').map((name) => start + name + end) : [word];
  });
}

const linesOf = (file: string) =>
  readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;

describe('the layout', () => {
  it('is the same in the lint rule, in CONTRIBUTING and in the folders', () => {
    assert.deepEqual(documentedFloors(), floors);
    const entries = readdirSync(path.join(root, 'src'), { withFileTypes: true });
    const inSrc = entries.map(({ name }) => `./src/${name}`);
    assert.deepEqual(inSrc.sort(), ['./src/adapters', ...floors.flat()].sort());
  });

  it('has a sign-in in eight files and under 1,200 lines', () => {
    const files = countedFiles();
    assert.equal(files.length, 8);
    const lines = files.map(linesOf).reduce((sum, count) => sum + count, 0);
    assert.ok(lines < 1200, `${lines} lines`);
    for (const file of files) {
      const named = file.replace(/^src\//, '');
      assert.match(contributing, new RegExp(`^\\d\\. \`${named.replaceAll('.', '\\.')}\``, 'm'));
    }
  });

  it('has no file above 250 lines, and at most 18 files under 20', () => {
    const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
    const sizes = files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => linesOf(path.join('src', file)));
    assert.ok(Math.max(...sizes) <= 250);
    assert.ok(sizes.filter((size) => size < 20).length <= 18);
  });
});
