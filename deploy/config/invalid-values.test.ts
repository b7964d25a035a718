import { readFileSync, writeFileSync } from "node:fs";
import { layers, type Layer } from "../shared/layers";
import { configurationError } from "../testing/configuration-error";
import type { Settings } from "../testing/example-settings";
import { oneSchedule, TemporaryDeploy } from "../testing/temporary-deploy";
import type { TfvarsFile } from "./environments";
import { loadEnvironment } from "./load-environment";
import { longestPrefix } from "../shared/naming";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = new TemporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

/** The problems of dev with these settings, by code and path. */
async function problemsWith(layer: Layer, settings: Settings, file: TfvarsFile = "terraform") {
  deploy.set(layer, "dev", settings, file);
  return (await errorOf("dev")).problems.map(({ code, path }) => ({ code, path }));
}

async function errorOf(name: string) {
  const error = await configurationError(loadEnvironment(name, deploy.root));
  // Readable: one line for each mistake, and no line that is too long to read.
  const lines = error.message.split("\n");
  expect(lines.length).toBeLessThanOrEqual(4);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(500);
  return error;
}

const invalid = (path: string) => [{ code: "invalid-value", path }];

describe("regions", () => {
  test.each([
    ["eu-centrall-1", "did you mean eu-central-1?"],
    ["eu-central-3", "did you mean eu-central-1 or eu-central-2?"],
    ["us-east-11", "did you mean us-east-1?"],
    ["EU-CENTRAL-1", undefined],
    ["mars-north-1", undefined],
  ])("%s is rejected with the hint %s", async (region, hint) => {
    deploy.set("core", "dev", { region: `"${region}"` });
    const { problems } = await errorOf("dev");
    expect(problems).toMatchObject([{ code: "invalid-value", path: "region", found: `"${region}"` }]);
    expect(/did you mean [^)]*/.exec(problems[0]?.expected ?? "")?.[0]).toBe(hint);
  });

  test.each(["eusc-de-east-1", "ap-southeast-6", "us-gov-west-1", "cn-north-1", "mx-central-1"])(
    "%s is accepted",
    async (region) => {
      deploy.set("core", "dev", { region: `"${region}"` });
      for (const layer of layers) deploy.set(layer, "dev", { region: `"${region}"` }, "backend");
      await expect(loadEnvironment("dev", deploy.root)).resolves.toMatchObject({ core: { region } });
    },
  );
});

describe("tags", () => {
  test.each([
    "Payments (core), #1",
    "🚀",
    "a\\nb",
    "",
    " ",
    " a",
    "a ",
    "a;b",
    "x".repeat(257),
    "a\\tb",
    "aws:team",
    "AWS:x",
  ])("%j is rejected", async (value) => {
    for (const tag of ["owner", "cost_center"]) {
      const problems = await problemsWith("core", { [tag]: `"${value}"` });
      expect(problems.map(({ path }) => path)).toContain(tag);
    }
  });

  test.each(["Payments: core+1 = a/b@c_d.e-f", "Zahlungen für Ö", "x".repeat(256), "1"])(
    "%j is accepted",
    async (value) => {
      deploy.set("core", "dev", { owner: JSON.stringify(value) });
      await expect(loadEnvironment("dev", deploy.root)).resolves.toMatchObject({ core: { owner: value } });
    },
  );
});

describe("CORS origins", () => {
  test.each([
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://app.example.com?x",
    "https://App.Example.com",
    "https://app.example.com:443",
    "http://localhost:80",
    "https://user@app.example.com",
    "https://*.example.com",
    "ftp://app.example.com",
    "app.example.com",
    "https://",
    "https://app.example.com:99999",
    "https://app..example.com",
    "https://-app.example.com",
    "https://.com",
    "http://localhost:0",
    "null",
    "",
  ])("%s is rejected", async (origin) => {
    const problems = await problemsWith("infra", { "http_api.cors_allow_origins": `["${origin}"]` });
    expect(problems).toEqual(invalid("http_api.cors_allow_origins.0"));
  });

  test.each(['["*", "https://a.b"]', '["https://a.b", "https://a.b"]'])(
    "the list %s is rejected",
    async (origins) => {
      expect(await problemsWith("infra", { "http_api.cors_allow_origins": origins })).toEqual(
        invalid("http_api.cors_allow_origins"),
      );
    },
  );

  test.each([
    "*",
    "https://*",
    "http://*",
    "http://localhost",
    "https://app.example.com:8443",
    "http://[::1]:3000",
  ])("%s is accepted", async (origin) => {
    deploy.set("infra", "dev", { "http_api.cors_allow_origins": `["${origin}"]` });
    await expect(loadEnvironment("dev", deploy.root)).resolves.toBeDefined();
  });
});

describe("a file that is not in UTF-8", () => {
  const core = "deploy/10_core/environments/dev/terraform.tfvars";
  const write = (bytes: Buffer) => {
    writeFileSync(deploy.path("core", "dev", "terraform"), bytes);
  };
  const content = 'project = "tasks"\nowner = "größer"\n'.repeat(200);
  test.each([
    ["UTF-16 with a mark", Buffer.from(`\ufeff${content}`, "utf16le"), "UTF-16"],
    ["UTF-16, big-endian", Buffer.from(`\ufeff${content}`, "utf16le").swap16(), "UTF-16"],
    ["UTF-16 without a mark", Buffer.from(content, "utf16le"), "a NUL byte at offset 1"],
    ["a NUL", Buffer.from("a = 1\0"), "a NUL byte at offset 5"],
    ["Latin-1", Buffer.from(content, "latin1"), "bytes that are not UTF-8"],
    ["an image", Buffer.from("89504e470d0a1a0affd8", "hex"), "bytes that are not UTF-8"],
  ])("%s is rejected", async (_what, bytes, found) => {
    write(bytes);
    const { code, file, problems } = await errorOf("dev");
    expect({ code, file }).toEqual({ code: "unreadable-file", file: core });
    expect(problems[0]?.found).toContain(found);
  });
});

test("the error of a file with thousands of syntax errors is short", async () => {
  writeFileSync(deploy.path("core", "dev", "terraform"), "}{ = ] «\n".repeat(2_000));
  expect((await errorOf("dev")).code).toBe("invalid-hcl");
});

test("a UTF-8 byte order mark is accepted", async () => {
  const path = deploy.path("core", "dev", "terraform");
  writeFileSync(path, `\ufeff${readFileSync(path, "utf8")}`);
  await expect(loadEnvironment("dev", deploy.root)).resolves.toBeDefined();
});

test.each([
  "Production-EU",
  "pre-prod",
  "Prod",
  "1qa",
  "q",
  "x".repeat(longestPrefix - "example-".length + 1),
  "a_b",
])("an environment folder named %s is rejected", async (name) => {
  deploy.copyEnvironment("dev", name);
  expect(await errorOf(name)).toMatchObject({
    code: "invalid-environment-name",
    file: `deploy/10_core/environments/${name}`,
  });
});

test.each(["9007199254740993", "-9007199254740992", "1e21", "1.8e308", "1e400"])(
  "the number %s, which would lose digits, is rejected",
  async (number) => {
    expect(await problemsWith("infra", oneSchedule({ payload: `{ message = ${number} }` }))).toEqual([
      { code: "imprecise-number", path: "schedules.daily-report.payload.message" },
    ]);
  },
);

test.each([
  "https://a.b/?x=1",
  "https://a.b/#x",
  "https://user@a.b",
  "https://a b",
  "https://",
  "ftp://a.b",
  "HTTPS://a.b",
  "https://a.b/.well-known/openid-configuration",
  "https://a.b/ü",
])("the issuer %s is rejected", async (issuer) => {
  const jwt = `{ issuer = "${issuer}", audience = ["tasks"] }`;
  expect(await problemsWith("app", { jwt })).toEqual(invalid("jwt.issuer"));
});

test.each([
  "/x.tfstate",
  "./x.tfstate",
  "a/./x.tfstate",
  "a//b.tfstate",
  "../x.tfstate",
  "a/../b.tfstate",
  ".tfstate",
  "x.tfstate/",
])("the state key %s is rejected", async (key) => {
  const problems = await problemsWith("core", { key: `"${key}"` }, "backend");
  expect(problems).toEqual(invalid("key"));
});

test("a bucket name that S3 reserves is rejected", async () => {
  expect(await problemsWith("core", { bucket: '"xn--111111111111"' }, "backend")).toEqual(invalid("bucket"));
});
