import { type Programs } from "./programs";

interface Uuids {
  readonly bindV4?: (getRandomValues: (bytes: Uint8Array) => void) => () => string;
  readonly v4?: () => string;
}

/** Runs work with another value of the global `crypto`. */
function withCrypto<T>(value: unknown, work: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto") ?? {};
  Object.defineProperty(globalThis, "crypto", { configurable: true, writable: true, value });
  try {
    return work();
  } finally {
    Object.defineProperty(globalThis, "crypto", own);
  }
}

export function uuid(): Programs<Uuids> {
  const version4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
  const counting = (bytes: Uint8Array) => {
    bytes.forEach((_byte, at) => (bytes[at] = at * 17));
  };
  const make = ({ bindV4, v4 }: Uuids) => bindV4?.(counting) ?? v4 ?? (() => "none");
  const shapes = (create: () => string) => {
    const ids = [create(), create(), create()];
    return [ids.map((id) => version4.test(id)), new Set(ids).size];
  };
  return {
    names: (load) => Object.keys(load()).sort(),
    "with the global crypto": (load) => shapes(make(load())),
    "with a crypto of the program": (load) => withCrypto({ randomUUID: () => "mine" }, () => make(load())()),
    "without a global crypto": (load) =>
      withCrypto(undefined, () => {
        const exports = load();
        return exports.bindV4 === undefined ? shapes(make(exports)) : make(exports)();
      }),
  };
}
