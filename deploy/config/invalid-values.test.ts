import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDeploy, type TemporaryDeploy } from "../testing/temporary-deploy";
import { ConfigurationError } from "../shared/errors";
import { loadEnvironment } from "./load-environment";
import { longestPrefix } from "../shared/naming";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

/** What dev is refused with, after an edit. */
async function refusal(layer: string, file: "terraform" | "backend", from: string, to: string) {
  deploy.edit(layer, "dev", file, from, to);
  return messageOf("dev");
}

async function messageOf(name: string): Promise<string> {
  const outcome = await loadEnvironment(name, deploy.root).catch((error: unknown) => error);
  if (!(outcome instanceof ConfigurationError)) throw new Error(`expected a refusal, got ${String(outcome)}`);
  // Readable: as many lines as there are mistakes, none of them endless.
  const lines = outcome.message.split("\n");
  expect(lines.length).toBeLessThanOrEqual(4);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(500);
  return outcome.message;
}

const core = "deploy/10_core/environments/dev/terraform.tfvars";
const infra = "deploy/20_infra/environments/dev/terraform.tfvars";
const app = "deploy/30_app/environments/dev/terraform.tfvars";

describe("regions", () => {
  test.each([
    ["eu-centrall-1", "did you mean eu-central-1?"],
    ["eu-central-3", "did you mean eu-central-1 or eu-central-2?"],
    ["us-east-11", "did you mean us-east-1?"],
    ["EU-CENTRAL-1", "such as eu-central-1, found"],
    ["mars-north-1", "such as eu-central-1"],
  ])("%s is refused: %s", async (region, hint) => {
    const message = await refusal("10_core", "terraform", '"eu-central-1"', `"${region}"`);
    expect(message).toContain(`${core}\n  region: expected the name of an AWS region`);
    expect(message).toContain(hint);
    expect(message.split("\n")).toHaveLength(2);
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

  test("a state in another region is refused", async () => {
    expect(await refusal("20_infra", "backend", '"eu-central-1"', '"eu-west-1"')).toBe(
      "deploy/20_infra/environments/dev/backend.tfvars\n  region: expected eu-central-1, the region that deploy/10_core names: the state is kept there, too, found eu-west-1",
    );
  });
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
  ])("%j is refused", async (value) => {
    for (const key of ["owner       = ", "cost_center = "]) {
      const old = key.startsWith("owner") ? '"platform"' : '"shared"';
      const message = await refusal("10_core", "terraform", `${key}${old}`, `${key}"${value}"`);
      expect(message).toContain(`${core}\n  owner: expected a tag value `);
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
  ])("%s is refused", async (origin) => {
    const message = await refusal("20_infra", "terraform", '"http://localhost:3000"', `"${origin}"`);
    expect(message).toContain(
      `${infra}\n  http_api.cors_allow_origins.0: expected an origin as browsers send it`,
    );
  });

  test("* among others, and one twice, are refused", async () => {
    const list = '["http://localhost:3000"]';
    expect(await refusal("20_infra", "terraform", list, '["*", "https://a.b"]')).toContain(
      'expected "*" alone',
    );
    expect(
      await refusal("20_infra", "terraform", '["*", "https://a.b"]', '["https://a.b", "https://a.b"]'),
    ).toContain("each origin once");
  });

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

describe("a file that is no text in UTF-8", () => {
  const write = (bytes: Buffer) => {
    writeFileSync(join(deploy.root, "10_core/environments/dev/terraform.tfvars"), bytes);
  };
  const text = 'project = "tasks"\nowner = "größer"\n'.repeat(200);
  test.each([
    ["UTF-16 with a mark", Buffer.from(`\ufeff${text}`, "utf16le"), "UTF-16"],
    ["UTF-16, big-endian", Buffer.from(`\ufeff${text}`, "utf16le").swap16(), "UTF-16"],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le"), "a NUL byte at offset 1"],
    ["a NUL", Buffer.from("a = 1\0"), "a NUL byte at offset 5"],
    ["Latin-1", Buffer.from(text, "latin1"), "bytes that are not UTF-8"],
    ["an image", Buffer.from("89504e470d0a1a0affd8", "hex"), "bytes that are not UTF-8"],
  ])("%s is refused in one line", async (_what, bytes, found) => {
    write(bytes);
    expect(await messageOf("dev")).toContain(
      `${core}\n  expected a readable text file in UTF-8, found ${found}`,
    );
  });

  test("of nothing but mistakes is named in a few lines", async () => {
    write(Buffer.from("}{ = ] «\n".repeat(2_000)));
    expect(await messageOf("dev")).toContain(`${core}\n  expected "key = value" lines in HCL, found`);
  });
});

test("a mark of UTF-8 at the beginning is accepted", async () => {
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
])("an environment folder named %s is refused", async (name) => {
  deploy.copyEnvironment("dev", name);
  expect(await messageOf(name)).toBe(
    `deploy/10_core/environments/${name}\n  expected a folder name of a-z and 0-9, a letter first, 2 to 27 characters with the project "tasks", found ${name}`,
  );
});

test.each(["9007199254740993", "-9007199254740992", "1e21", "1.8e308", "1e400"])(
  "the number %s, whose digits would be lost, is refused",
  async (number) => {
    expect(await refusal("20_infra", "terraform", "hours = 24", `hours = ${number}`)).toBe(
      `${infra}\n  schedules.daily-report.payload.hours: expected a number between -2^53 and 2^53, found one that would lose digits`,
    );
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
])("the issuer %s is refused", async (issuer) => {
  const message = await refusal(
    "30_app",
    "terraform",
    '"none"',
    `"jwt"\njwt = { issuer = "${issuer}", audience = ["tasks"] }`,
  );
  expect(message).toContain(`${app}\n  jwt.issuer: expected an https URL`);
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
])("the state key %s is refused", async (key) => {
  const message = await refusal("10_core", "backend", "10_core/terraform.tfstate", key);
  expect(message).toContain("key: expected an S3 key such as 10_core/terraform.tfstate");
});

test("a bucket name that S3 reserves is refused", async () => {
  const message = await refusal("10_core", "backend", "tasks-dev-tfstate-111111111111", "xn--111111111111");
  expect(message).toContain("without a prefix or suffix that S3 reserves");
});
