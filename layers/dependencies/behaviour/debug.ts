import { attempted, type Programs } from "./programs";

interface DebugLogger {
  (...values: unknown[]): void;
  enabled: boolean;
  log: (...values: unknown[]) => void;
  readonly namespace: string;
  readonly extend: (namespace: string) => DebugLogger;
}
interface Debug {
  (namespace?: unknown): DebugLogger;
  log: (...values: unknown[]) => void;
  readonly enable: (namespaces: string) => void;
  readonly disable: () => string;
  readonly enabled: (namespace: string) => boolean;
  readonly formatters: Record<string, (value: unknown) => string>;
  readonly inspectOpts: Record<string, unknown>;
  readonly names: readonly string[];
}

export function debug(): Programs<Debug> {
  /** Loads debug with a value of DEBUG, and records what it prints. */
  const recording = (
    load: () => Debug,
    DEBUG: string | undefined,
    work: (debug: Debug, lines: string[]) => unknown,
  ) => {
    const before = process.env;
    process.env = { ...before, DEBUG, DEBUG_COLORS: "no", DEBUG_HIDE_DATE: "yes" };
    if (DEBUG === undefined) delete process.env.DEBUG;
    const lines: string[] = [];
    const write = jest
      .spyOn(process.stderr, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    try {
      return [work(load(), lines), lines];
    } finally {
      write.mockRestore();
      process.env = before;
    }
  };
  const printing = (debug: Debug) => {
    const [a, b] = [debug("a"), debug("b:c")];
    a("one %d", 1);
    b(new Error("two").message, { three: 3 });
    return [a.enabled, b.enabled];
  };
  return {
    "prints nothing without DEBUG": (load) => recording(load, undefined, printing),
    "prints what DEBUG names": (load) => recording(load, "b:*", printing),
    "prints what is enabled later": (load) =>
      recording(load, undefined, (debug) => {
        const early = debug("early");
        early("nothing");
        debug.enable("early,late");
        early("something");
        debug("late")("too");
        const enabled = [early.enabled, debug.enabled("late"), debug.enabled("no"), debug.names];
        const names = debug.disable();
        early("nothing");
        return [enabled, names, early.enabled];
      }),
    "a logger of the program": (load) =>
      recording(load, undefined, (debug) => {
        const seen: unknown[][] = [];
        const logger = debug("mine");
        logger.log = (...values) => void seen.push(values);
        logger.enabled = true;
        logger("%s and %j", "x", { y: 1 });
        logger.extend("more")("nothing");
        return [seen, logger.namespace, logger.extend("more").namespace];
      }),
    "a formatter of the program": (load) =>
      recording(load, undefined, (debug) => {
        debug.formatters.h = (value) => `<${String(value)}>`;
        debug.enable("*");
        debug("f")("%h", 1);
        return "h" in debug.formatters;
      }),
    "keys and properties": (load) =>
      recording(load, undefined, (debug) => {
        const logger = debug("keys");
        const attributes = (of: object) =>
          Object.entries(Object.getOwnPropertyDescriptors(of)).map(([key, { value, ...rest }]) => [
            key,
            typeof value,
            Object.entries(rest).map(([name, each]) => [
              name,
              typeof each === "function" ? "function" : each,
            ]),
          ]);
        return [
          typeof debug,
          Object.keys(debug),
          Object.keys({ ...logger }),
          attributes(debug),
          attributes(logger),
          "enable" in debug,
          "nothing" in debug,
          delete (debug as { log?: unknown }).log,
          "log" in debug,
        ];
      }),
    "names that are not strings": (load) =>
      recording(load, undefined, (debug) =>
        [undefined, null, 1, ["a"], "x"].map((name) => attempted(() => debug(name).namespace)),
      ),
  };
}
