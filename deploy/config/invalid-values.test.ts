import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationError } from "../testing/configuration-error";
import { temporaryDeploy, type TemporaryDeploy } from "../testing/temporary-deploy";
import { loadEnvironment } from "./load-environment";
import { longestPrefix } from "../shared/naming";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

/** The problems of dev after an edit, by code and path. */
async function problemsAfter(folder: string, file: "terraform" | "backend", from: string, to: string) {
  deploy.edit(folder, "dev", file, from, to);
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
    deploy.edit("10_core", "dev", "terraform", '"eu-central-1"', `"${region}"`);
    const { problems } = await errorOf("dev");
    expect(problems).toMatchObject([{ code: "invalid-value", path: "region", found: `"${region}"` }]);
    expect(/did you mean [^)]*/.exec(problems[0]?.expected ?? "")?.[0]).toBe(hint);
  });

  test.each(["eusc-de-east-1", "ap-southeast-6", "us-gov-west-1", "cn-north-1", "mx-central-1"])(
    "%s is accepted",
    async (region) => {
      deploy.edit("10_core", "dev", "terraform", '"eu-central-1"', `"${region}"`);
      for (const layer of ["10_core", "20_infra", "30_app"])
        deploy.edit(layer, "dev", "backend", '"eu-central-1"', `"${region}"`);
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
    for (const key of ["owner       = ", "cost_center = "]) {
      const old = key.startsWith("owner") ? '"platform"' : '"shared"';
      const problems = await problemsAfter("10_core", "terraform", `${key}${old}`, `${key}"${value}"`);
      expect(problems.map(({ path }) => path)).toContain(key.trim().replace(/ .*/, ""));
    }
  });

  test.each(["Payments: core+1 = a/b@c_d.e-f", "Zahlungen für Ö", "x".repeat(256), "1"])(
    "%j is accepted",
    async (value) => {
      deploy.edit("10_core", "dev", "terraform", '"platform"', JSON.stringify(value));
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
    const problems = await problemsAfter("20_infra", "terraform", '"http://localhost:3000"', `"${origin}"`);
    expect(problems).toEqual(invalid("http_api.cors_allow_origins.0"));
  });

  test.each(['["*", "https://a.b"]', '["https://a.b", "https://a.b"]'])(
    "the list %s is rejected",
    async (origins) => {
      expect(await problemsAfter("20_infra", "terraform", '["http://localhost:3000"]', origins)).toEqual(
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
    deploy.edit("20_infra", "dev", "terraform", "http://localhost:3000", origin);
    await expect(loadEnvironment("dev", deploy.root)).resolves.toBeDefined();
  });
});

describe("a file that is not in UTF-8", () => {
  const core = "deploy/10_core/environments/dev/terraform.tfvars";
  const write = (bytes: Buffer) => {
    writeFileSync(join(deploy.root, "10_core/environments/dev/terraform.tfvars"), bytes);
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
  deploy.write("10_core", "dev", "terraform", "}{ = ] «\n".repeat(2_000));
  expect((await errorOf("dev")).code).toBe("invalid-hcl");
});

test("a UTF-8 byte order mark is accepted", async () => {
  const path = join(deploy.root, "10_core/environments/dev/terraform.tfvars");
  writeFileSync(path, `\ufeff${readFileSync(path, "utf8")}`);
  await expect(loadEnvironment("dev", deploy.root)).resolves.toBeDefined();
});

test.each([
  "Production-EU",
  "pre-prod",
  "Prod",
  "1qa",
  "q",
  "x".repeat(longestPrefix - "tasks-".length + 1),
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
    expect(await problemsAfter("20_infra", "terraform", "hours = 24", `hours = ${number}`)).toEqual([
      { code: "imprecise-number", path: "schedules.daily-report.payload.hours" },
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
  const jwt = `"jwt"\njwt = { issuer = "${issuer}", audience = ["tasks"] }`;
  expect(await problemsAfter("30_app", "terraform", '"none"', jwt)).toEqual(invalid("jwt.issuer"));
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
  const problems = await problemsAfter("10_core", "backend", "10_core/terraform.tfstate", key);
  expect(problems).toEqual(invalid("key"));
});

test("a bucket name that S3 reserves is rejected", async () => {
  const bucket = "tasks-dev-tfstate-111111111111";
  expect(await problemsAfter("10_core", "backend", bucket, "xn--111111111111")).toEqual(invalid("bucket"));
});
