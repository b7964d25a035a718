import { forEachEnvironment } from "../../deploy/testing/environments";
import { placeholderOutputs } from "./placeholders";

/** `${data.terraform_remote_state.<layer>.outputs.<name>.<key>}`, the key of maps only. */
const reference = /\$\{data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)(?:\.([\w-]+))?\}/g;

forEachEnvironment((environment) => {
  test.each([
    ["core", "infra"],
    ["core", "app"],
    ["infra", "app"],
  ] as const)("placeholders for %s have all outputs that %s reads", (lower, upper) => {
    const synthesized = environment();
    const placeholders = placeholderOutputs(lower, synthesized.config);
    const text = JSON.stringify(synthesized[upper].json);
    const read = [...text.matchAll(reference)].filter(([, layer]) => layer === lower);
    const missing = read.filter(([, , name = "", key]) => {
      const value = placeholders[name]?.value;
      return key === undefined
        ? value === undefined
        : !(typeof value === "object" && value !== null && key in value);
    });
    expect(missing.map(([whole]) => whole)).toEqual([]);
    expect(read.length).toBeGreaterThan(0);
  });
});
