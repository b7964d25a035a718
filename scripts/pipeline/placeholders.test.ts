import { bucketNames } from "@serverless-tasks/functions/service";
import {
  exampleEnvironment,
  forEachEnvironment,
  synthesizedRegions,
} from "../../deploy/testing/environments";
import { exampleRecovery } from "../../deploy/testing/example-settings";
import { placeholderOutputs, usePlaceholderKey } from "./placeholders";

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

// A bucket, which a team may have added, has no second region.
(bucketNames.length > 0 ? test.skip : test)(
  "a placeholder replaces the key of the second region, and nothing else reads it",
  async () => {
    const [first, second] = synthesizedRegions(await exampleEnvironment("prod", exampleRecovery));
    const { json } = first.infra;
    expect(json.data.aws_kms_alias).toBeDefined();
    const { aws_kms_alias, ...data } = usePlaceholderKey(json, second.config).data ?? {};
    expect(aws_kms_alias).toBeUndefined();
    expect(Object.keys(data)).toContain("terraform_remote_state");
    const replaced = JSON.stringify(usePlaceholderKey(json, second.config));
    expect(replaced).not.toContain("data.aws_kms_alias");
    expect(replaced).toContain(
      '"kms_key_arn":"arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000"',
    );
  },
);
