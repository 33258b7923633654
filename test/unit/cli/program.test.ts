import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { root } from '../../../scripts/paths.ts';
import { completionScript } from '../../../src/cli/completion.ts';
import { causes } from '../../../src/cli/failure.ts';
import { createProgram } from '../../../src/cli/program.ts';

const page = readFileSync(path.join(root, 'docs', 'terminal.md'), 'utf8');

/** Returns the program, whose commands note that they would run. */
function fakeProgram(ran: string[]): Command {
  Object.assign(globalThis, { VERSION: '1.2.3' });
  const program = createProgram(new AbortController().signal);
  for (const command of program.commands) command.action(() => void ran.push(command.name()));
  return program;
}

/** The commands of a page, without what a shell does with them. */
function documentedCommands(): string[][] {
  const commands = page.match(/(?<!`)\bspotify-auth(?: +(?:'[^']*'|[^\s|"`')>]+))+/g) ?? [];
  return commands.map((line) =>
    (line.match(/'[^']*'|\S+/g) ?? []).slice(1).map((word) => word.replace(/^'|'$/g, '')),
  );
}

/** About src/cli/program.ts and docs/terminal.md. */
describe('the commands of spotify-auth', () => {
  it('have a help with an example that fits a screen', () => {
    const program = fakeProgram([]);
    for (const command of [program, ...program.commands]) {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 });
      command.outputHelp();
      assert.match(help, /\nExample:\n {2}\S/);
      const lines = help.trimEnd().split('\n');
      assert.ok(lines.length <= 24, `${command.name()} has ${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= 80, line);
    }
  });

  it('have no option that takes a secret', () => {
    const options = fakeProgram([]).commands.flatMap((command) => command.options);
    const taking = options.filter(({ required, optional }) => required || optional);
    assert.ok(taking.length > 5);
    for (const { flags } of taking) assert.doesNotMatch(flags, /secret|token|password|code/i);
  });

  it('are used in the page as they are', () => {
    const inPage = documentedCommands();
    assert.ok(inPage.length > 10);
    for (const words of inPage) {
      const ran: string[] = [];
      fakeProgram(ran).parse(words, { from: 'user' });
      assert.deepEqual(ran, [words[0]], words.join(' '));
    }
  });

  it('are all described in the page', () => {
    for (const command of fakeProgram([]).commands) {
      assert.match(page, new RegExp(`^\\| \`${command.name()}[ \`]`, 'm'));
    }
  });
});

/** About src/cli/completion.ts. */
describe('the completion', () => {
  const script = (shell: string) => completionScript(shell, fakeProgram([]));
  /** What bash offers for the last word. */
  const offered = (...words: string[]): string[] => {
    const list = words.map((word) => `'${word}'`).join(' ');
    const call = `COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _spotify_auth`;
    const program = `${script('bash')}\n${call}; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).trim().split('\n');
  };

  it('of bash offers commands, options, scopes and files', function () {
    if (spawnSync('bash', ['--version']).status !== 0) {
      console.log('      skipped: no bash on this machine');
      this.skip();
    }
    assert.deepEqual(offered('spotify-auth', 'st'), ['status']);
    assert.deepEqual(offered('spotify-auth', 'login', '--s'), ['--scope', '--show-dialog']);
    assert.deepEqual(offered('spotify-auth', 'token', '--scope', 'user-t'), ['user-top-read']);
    assert.deepEqual(offered('spotify-auth', 'completion', ''), ['bash', 'zsh', 'fish']);
    assert.deepEqual(offered('spotify-auth', 'api', '--input', '/bi'), ['/bin']);
  });

  for (const shell of ['zsh', 'fish']) {
    it(`of ${shell} is a script that it accepts`, function () {
      const text = script(shell);
      for (const word of ['app-token', 'show-dialog', 'user-top-read'])
        assert.ok(text.includes(word));
      if (spawnSync(shell, ['--version']).status !== 0) {
        console.log(`      skipped: no ${shell} on this machine`);
        this.skip();
      }
      const file = path.join(mkdtempSync(path.join(tmpdir(), 'completion-')), 'script');
      writeFileSync(file, text);
      execFileSync(shell, ['-n', file]);
      rmSync(path.dirname(file), { recursive: true });
    });
  }

  it('is refused for another shell', () => {
    assert.throws(() => script('toString'), { exitCode: 2 });
  });
});

/** About src/cli/failure.ts. */
describe('the causes of an error', () => {
  it('contain nothing that may be a token or a password', () => {
    const token = `BQ${'x'.repeat(84)}`;
    const cause = Object.assign(new Error(`http://alva:secret@proxy refused ${token}`), {
      code: 'E',
    });
    assert.deepEqual(causes(new TypeError('fetch failed', { cause })), [
      'TypeError: fetch failed',
      'Error (E): http://***@proxy refused ***',
    ]);
  });
});
