import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../../../scripts/paths.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly permissions?: object;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.join(root, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** A step of a workflow, also on a display of its own. */
const COMMAND =
  /^(?:\$\{\{ runner\.os == 'Linux' && 'xvfb-run -a' \|\| '' \}\} )?npm (?:run )?(\S+)/;

for (const name of readdirSync(folder)) {
  describe(`the workflow ${name}`, () => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const workflow = parse(text) as Workflow;
    const jobs = Object.values(workflow.jobs);
    const steps = jobs.flatMap((job) => job.steps ?? []);

    it('uses actions of GitHub only, pinned by a commit with its release beside it', () => {
      const uses = [...text.matchAll(/^ +(?:- )?uses: (.*)$/gm)].map(([, used = '']) => used);
      const pinned = /^(actions|github)\/[\w/-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/;
      const own = /^\.\/\.github\/workflows\/\w+\.yml$/;
      assert.deepEqual(
        uses.filter((used) => !pinned.test(used) && !own.test(used)),
        [],
      );
      assert.ok(uses.length > 0);
    });

    it('may read the repository, and only a job may do more', () => {
      assert.deepEqual(workflow.permissions, { contents: 'read' });
    });

    it('ends an outdated run, and one that hangs', () => {
      assert.ok(workflow.concurrency);
      for (const job of jobs) assert.ok(job.uses ?? job['timeout-minutes'], JSON.stringify(job));
    });

    it('leaves no credentials in the clone', () => {
      const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      for (const step of checkouts) assert.equal(step.with?.['persist-credentials'], false);
    });

    it('runs scripts of package.json, and nothing that only GitHub can run', () => {
      for (const { run } of steps.filter((step) => step.run !== undefined)) {
        const [, script = ''] = COMMAND.exec(run ?? '') ?? [];
        assert.ok(script === 'ci' || script in scripts, run);
        assert.equal(run?.trim().includes('\n'), false, run);
      }
    });
  });
}

describe('the workflows together', () => {
  it('use the same commit of an action everywhere', () => {
    const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    const pins = new Map<string, Set<string>>();
    for (const [, action = '', commit = ''] of texts.join('\n').matchAll(/uses: (\S+)@(.*)$/gm)) {
      pins.set(action, (pins.get(action) ?? new Set()).add(commit));
    }
    for (const [action, commits] of pins) assert.equal(commits.size, 1, action);
  });

  it('give a token to the step that publishes to its place, and to no other', () => {
    const text = readFileSync(path.join(folder, 'release.yml'), 'utf8');
    const secrets = [...text.matchAll(/^ +(\w+): .*secrets\.(\w+).*$/gm)];
    assert.deepEqual(
      secrets.map(([line, variable, secret]) => [variable, secret, /'(\w+)' &&/.exec(line)?.[1]]),
      [
        ['VSCE_PAT', 'VSCE_PAT', 'marketplace'],
        ['OVSX_PAT', 'OVSX_PAT', 'openvsx'],
        ['NPM_TOKEN', 'NPM_TOKEN', 'npm'],
      ],
    );
    const others = readdirSync(folder).filter((name) => name !== 'release.yml');
    for (const name of others) {
      assert.ok(!readFileSync(path.join(folder, name), 'utf8').includes('secrets.'), name);
    }
  });
});
