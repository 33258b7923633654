import * as vscode from 'vscode';
import { CHANNEL_SETTING, type Outcome, type Task, type ThrownValue } from './protocol.ts';
import { watchChanges, tasks } from './tasks.ts';

/** Runs the tasks that the test sends. The extension shows nothing itself. */
export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.workspace.getConfiguration().get<string>(CHANNEL_SETTING);
  if (!channel) throw new Error(`The setting ${CHANNEL_SETTING} is empty.`);
  context.subscriptions.push(watchChanges());
  void runTasks(channel, context.extension.id);
}

/** Runs a task for each line of the response, several at once. The response ends with the test. */
async function runTasks(channel: string, extensionId: string): Promise<void> {
  const { body } = await fetch(`${channel}/${extensionId}`);
  if (!body) return;
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) void perform(channel, JSON.parse(line) as Task);
  }
}

async function perform(channel: string, { id, name, args }: Task): Promise<void> {
  const outcome = await outcomeOf(name, args);
  await fetch(`${channel}/${id}`, { method: 'POST', body: JSON.stringify(outcome) });
}

async function outcomeOf(name: string, args: readonly unknown[]): Promise<Outcome> {
  try {
    const task = tasks[name as keyof typeof tasks] as (...args: readonly unknown[]) => unknown;
    return { value: await task(...args) };
  } catch (error) {
    return { error: thrownValue(error) };
  }
}

function thrownValue(thrown: unknown): ThrownValue {
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message };
  return { name: typeof thrown, message: String(thrown) };
}
