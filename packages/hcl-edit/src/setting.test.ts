import { settingOf, withSetting } from "./setting";

const tfvars = `# of dev
owner = "platform # }" # the team

worker = {
  memory_mb  = 512
  log_levels = [
    "INFO", # {
  ]
}
schedules = {
  "daily-report" = {
    memory_mb = 1 /* } */
  }
}
inline = { name = "\${ {a = "}"} }", size: 3 }
empty  = {}
notes  = <<-END
  worker = {
  END
memory_mb = 128
`;

const values = {
  owner: '"platform # }"',
  "worker.memory_mb": "512",
  "worker.log_levels": '[\n    "INFO", # {\n  ]',
  "schedules.daily-report.memory_mb": "1",
  "inline.name": '"${ {a = "}"} }"',
  "inline.size": "3",
  empty: "{}",
  notes: "<<-END\n  worker = {\n  END",
  memory_mb: "128",
};

test.each(Object.entries(values))("%s is read and replaced, and nothing else is", (setting, value) => {
  expect(settingOf(tfvars, setting)).toBe(value);
  const changed = withSetting(tfvars, setting, "$& 7");
  expect(settingOf(changed, setting)).toBe("$& 7");
  expect(withSetting(changed, setting, value)).toBe(tfvars);
});

test.each([
  "color",
  "worker.timeout",
  "schedules.daily-report.timeout",
  "inline.shape",
  "empty.other",
  "empty.2 x",
])("%s is added at the end of its object, and removed", (setting) => {
  const changed = withSetting(tfvars, setting, "[1]");
  expect(settingOf(tfvars, setting)).toBeUndefined();
  expect(settingOf(changed, setting)).toBe("[1]");
  for (const [other, value] of Object.entries(values))
    if (!setting.startsWith(other)) expect([other, settingOf(changed, other)]).toEqual([other, value]);
  expect(withSetting(changed, setting, undefined).replaceAll(/\s/g, "")).toBe(tfvars.replaceAll(/\s/g, ""));
});

test("an added setting has the indentation of its object", () => {
  expect(withSetting(tfvars, "schedules.weekly", "{}")).toContain("  }\n  weekly = {}\n}\n");
  expect(withSetting(tfvars, "schedules.daily-report.on", "true")).toContain("*/\n    on = true\n  }\n");
  expect(withSetting(tfvars, "empty.on", "true")).toContain("empty  = { on = true }\n");
  expect(withSetting("", "on", "true")).toBe("on = true\n");
});

test.each([
  ["owner", "# of dev\n\nworker = {"],
  ["worker.log_levels", "  memory_mb  = 512\n}\nschedules"],
  ["inline.name", "inline = { size: 3 }\n"],
  ["inline.size", '"} }" }\nempty'],
])("%s is removed with its lines and its comment", (setting, left) => {
  const changed = withSetting(tfvars, setting, undefined);
  expect(settingOf(changed, setting)).toBeUndefined();
  expect(changed).toContain(left);
  expect(withSetting(changed, setting, undefined)).toBe(changed);
});

test.each(["producer.memory_mb", "owner.name"])("%s without its object is an error", (setting) => {
  expect(settingOf(tfvars, setting)).toBeUndefined();
  expect(() => withSetting(tfvars, setting, "7")).toThrow(`Expected an object ${setting.split(".")[0]}`);
});

test("a block, which tfvars do not have, is an error", () => {
  expect(() => settingOf('resource "a" "b" {\n}\n', "owner")).toThrow(
    'Expected an attribute: resource "a" "b" {',
  );
});
