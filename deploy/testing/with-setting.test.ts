import { withSetting } from "./with-setting";

const tfvars = `owner = "platform" # the team

worker = {
  memory_mb  = 512
  log_levels = [
    "INFO",
  ]
}
schedules = {
  daily = {
    memory_mb = 1
  }
}
memory_mb = 128
`;
const lines = (changed: string) => changed.split("\n").filter((line) => !tfvars.split("\n").includes(line));

test.each([
  ["owner", ["owner = 7"]],
  ["memory_mb", ["memory_mb = 7"]],
  ["worker.memory_mb", ["memory_mb = 7"]],
  ["worker.log_levels", ["log_levels = 7"]],
  ["schedules", ["schedules = 7"]],
])("%s is replaced, whatever its value", (setting, added) => {
  const changed = withSetting(tfvars, setting, "7");
  expect(lines(changed)).toEqual(added);
  expect(withSetting(changed, setting, "8")).toBe(changed.replace("7", "8"));
});

test("a setting is replaced in its own object only", () => {
  expect(withSetting(tfvars, "worker.memory_mb", "7")).toBe(
    tfvars.replace("  memory_mb  = 512\n", "").replace("worker = {\n", "worker = {\nmemory_mb = 7\n"),
  );
  expect(withSetting(tfvars, "schedules", "{}")).toBe(
    `schedules = {}\n${tfvars.replace(/schedules = [^]*\n}\n/, "")}`,
  );
});

test("an optional setting is added and removed", () => {
  const added = withSetting(tfvars, "worker.timeout", "$& 3");
  expect(added).toBe(tfvars.replace("worker = {\n", () => "worker = {\ntimeout = $& 3\n"));
  expect(withSetting(added, "worker.timeout", undefined)).toBe(tfvars);
});

test("a missing object is an error", () => {
  expect(() => withSetting(tfvars, "producer.memory_mb", "7")).toThrow("Expected an object producer");
});
