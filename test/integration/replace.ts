/** Replaces members of an object of the editor's API. Disposing of it restores them. */
export function replace(target: object, members: Readonly<Record<string, unknown>>): Disposable {
  const before = new Map<string, PropertyDescriptor | undefined>();
  for (const [name, value] of Object.entries(members)) {
    before.set(name, Object.getOwnPropertyDescriptor(target, name));
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
  return {
    [Symbol.dispose]: () => {
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(target, name, descriptor);
        else Reflect.deleteProperty(target, name);
      }
    },
  };
}
