/** Changes environment variables. Disposing of it restores them. */
export class Environment implements Disposable {
  readonly #before = new Map<string, string | undefined>();

  /** Undefined removes the variable. */
  set(name: string, value: string | undefined): void {
    if (!this.#before.has(name)) this.#before.set(name, process.env[name]);
    assign(name, value);
  }

  [Symbol.dispose](): void {
    for (const [name, value] of this.#before) assign(name, value);
  }
}

/** `process.env` would turn undefined into the text “undefined”. */
function assign(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
