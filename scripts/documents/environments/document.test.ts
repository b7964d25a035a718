import { environmentNames } from "../../../deploy/config/environments";
import { loadEnvironment } from "../../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { appConfig } from "../../../deploy/config/schemas/app";
import { infraConfig } from "../../../deploy/config/schemas/infra";
import { environmentsDocument } from "./document";
import { descriptionOf, differs, settings } from "../../environments/settings";

let dev: EnvironmentConfig;
let prod: EnvironmentConfig;
/** Two environments with known differences, whatever their tfvars are. */
beforeAll(async () => {
  const [first = ""] = environmentNames();
  const loaded = await loadEnvironment(first);
  const { core, app, infra } = loaded;
  const nightly = { expression: "cron(0 6 * * ? *)", type: "echo", payload: { message: "" } };
  const api = (reserved_concurrency: number | undefined) => ({
    app: { ...app, api: { ...app.api, reserved_concurrency } },
    infra: { ...infra, schedules: { nightly: { ...nightly, enabled: reserved_concurrency !== undefined } } },
  });
  const coreOf = (isProtected: boolean, log_retention_days: 7 | 365) => ({
    core: { ...core, protected: isProtected, log_retention_days },
  });
  dev = { ...loaded, ...coreOf(false, 7), ...api(undefined), name: "dev" };
  prod = { ...loaded, ...coreOf(true, 365), ...api(200), name: "prod" };
});

test("the schema describes every setting", async () => {
  const all = await Promise.all(environmentNames().map((name) => loadEnvironment(name)));
  const found = settings(all);
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(({ description }) => description === undefined).map(({ key }) => key)).toEqual([]);
});

test("a description comes from the setting, its shared schema, or the enclosing map", () => {
  const described = (key: string) => descriptionOf(appConfig, key.split("."));
  expect(described("jwt.audience")).toBe("A token's `aud`, or its `client_id`, must be one of these.");
  expect(described("producer.reserved_concurrency")).toMatch(/^The concurrency/);
  expect(described("release.watch_seconds")).toMatch(/^How long a release watches/);
  expect(described("log_level")).toMatch(/^The least/);
  expect(descriptionOf(infraConfig, ["schedules", "daily", "expression"])).toMatch(/^Scheduled tasks/);
});

test("settings and schedules of only one environment are listed", () => {
  const api = { ...prod.app.api, reserved_concurrency: undefined };
  const schedules = Object.fromEntries(
    Object.values(dev.infra.schedules).map((schedule) => ["weekly", schedule]),
  );
  const other = { ...prod, app: { ...prod.app, api }, infra: { ...prod.infra, schedules } };
  const found = settings([prod, other]).filter(differs);
  expect(found.map(({ key, values }) => [key, ...values])).toEqual(
    expect.arrayContaining([
      ["api.reserved_concurrency", "200", undefined],
      ["schedules.weekly.expression", undefined, '"cron(0 6 * * ? *)"'],
      ["schedules.nightly.expression", '"cron(0 6 * * ? *)"', undefined],
    ]),
  );
});

test("the page has a row for each setting that differs, under its file", () => {
  const text = environmentsDocument([prod, dev]);
  const [, core = "", , app = ""] = text.split("\n### ");
  expect(core).toMatch(/^`deploy\/10_core\/environments\/<environment>\/terraform.tfvars`\n/);
  expect(core).toContain("| setting | dev | prod | what it is |");
  expect(core).toContain("| `log_retention_days` | `7` | `365` | Days after");
  expect(app).toContain("| `api.reserved_concurrency` | – | `200` | The concurrency");
  expect(text).not.toContain("| `cost_center` |");
  expect(text).toContain("Protected (`protected = true`): prod.");
});

test("the page includes a new environment, and lists protected ones last", () => {
  const text = environmentsDocument([dev, prod, { ...dev, name: "qa" }]);
  expect(text).toContain("What differs between dev, qa, prod.");
  expect(text).toContain("| `log_retention_days` | `7` | `7` | `365` |");
});

test("the page of equal environments has no table", () => {
  const text = environmentsDocument([dev, { ...dev, name: "qa" }]);
  expect(text).not.toContain("| setting |");
  expect(text).toContain("Protected (`protected = true`): none.");
});
