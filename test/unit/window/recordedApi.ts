/**
 * Makes an object that stands for an API of any shape: each member is a function, a class, an empty
 * list and an object again. Every call is written to `calls`, such as `vscode.commands.registerCommand`.
 */
export function recordedApi(name: string, calls: string[]): unknown {
  const members = new Map<PropertyKey, unknown>();
  const record = () => {
    calls.push(name);
    return recordedApi(`${name}()`, calls);
  };
  return new Proxy(
    function stub() {
      return undefined;
    },
    {
      apply: record,
      construct: () => record() as object,
      get(_target, key) {
        if (key === Symbol.toPrimitive) return () => name;
        if (key === Symbol.iterator) return () => [].values();
        // An awaited value must not look like a promise.
        if (typeof key === 'symbol' || key === 'then') return undefined;
        const known = members.get(key) ?? recordedApi(`${name}.${key}`, calls);
        members.set(key, known);
        return known;
      },
    },
  );
}
