import { withSerial } from "./state-file";
import { describeHolder, formatAge, parseLockInfo } from "./state-lock";
import { TerraformOutput } from "./terraform-output";

const info = {
  ID: "791ee6d5-ee81-967a-6894-d403aac86cba",
  Operation: "OperationTypeApply",
  Who: "root@build-7",
  Created: "2026-11-23T23:28:41.710948129Z",
};

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [7_199_000, "1 h"],
  [259_200_000, "3 days"],
  [-5_000, "0 s"],
  [Number.NaN, "an unknown time"],
])("%d ms are %p", (milliseconds, age) => {
  expect(formatAge(milliseconds)).toBe(age);
});

test("a holder is described by user, duration, start, operation and id", () => {
  expect(describeHolder(info, new Date("2026-11-23T23:42:50Z"))).toBe(
    "root@build-7 has held it for 14 min, since 2026-11-23T23:28:41Z, to apply (lock 791ee6d5-ee81-967a-6894-d403aac86cba)",
  );
});

test.each(["", "{", "null", "[]", '{"ID": 7}'])("a lock %p has an unknown holder", (text) => {
  expect(parseLockInfo(text)).toEqual({
    ID: "unknown",
    Operation: "unknown",
    Who: "an unknown user",
    Created: "unknown",
  });
});

test("the holder is parsed from Terraform's lock error only", () => {
  const block = [
    "│ Lock Info:",
    `│   ID:        ${info.ID}`,
    "│   Path:      bucket/10_core/terraform.tfstate",
    `│   Operation: ${info.Operation}`,
    `│   Who:       ${info.Who}`,
    "│   Created:   2026-11-23 23:28:41.710948129 +0000 UTC",
    "│   Info:",
  ];
  const holderIn = (lines: readonly string[]) => {
    const error = new TerraformOutput();
    for (const line of lines) error.read(line);
    return error.holder;
  };
  expect(holderIn(["│ Error: Error acquiring the state lock", ...block])).toEqual(info);
  expect(holderIn(["│ Error: something else", ...block])).toBeUndefined();
  expect(holderIn(["│ Error: Error acquiring the state lock", "│ no credentials"])).toBeUndefined();
});

test("only the serial of a state is replaced", () => {
  const state = (serial: number) =>
    `{"version": 4, "serial": ${serial}, "lineage": "l", "resources": [],\n "outputs": {"serial": 12345678901234567890}}`;
  expect(withSerial(state(3), 9)).toBe(state(9));
  expect(() => withSerial(`{"outputs": {"serial": 1}, ${state(3).slice(1)}`, 9)).toThrow("serial");
});
