import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { bucketNames } from "@serverless-tasks/functions/service";
import { unzipSync } from "fflate";
import { dependencies as forFunctions } from "../../layers/dependencies/package.json";
import { devDependencies } from "../../package.json";
import { dependencies as forDeploy } from "../../deploy/package.json";
import { run } from "../../packages/local-cloud/src/command";
import { RepositoryCopy } from "../testing/repository-copy";
import { bundleFunction } from "./bundle-function";
import { defaultBuildFolder, functionNames, root, type FunctionName } from "./paths";

const zipNames = [...functionNames, "layer"].map((name) => `${name}.zip`);
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; unzipped, with the layers. */
const lambdaLimits = { zippedBytes: 50 * 1024 ** 2, unzippedBytes: 250 * 1024 ** 2 };
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
/** Our own limits. */
const largestFunctionBytes = 25.5 * 1024;
// With a bucket, the layer has the client of S3.
const largestLayerBytes = (bucketNames.length > 0 ? 1.75 : 1.5) * 1024 * 1024;

// Copies the repository and compresses everything.
jest.setTimeout(240_000);

/** Built before the tests. */
const zips = zipNames.map((name) => join(defaultBuildFolder, name));
let checkout: RepositoryCopy | undefined;
afterEach(() => {
  checkout?.dispose();
  checkout = undefined;
});

const buildIn = ({ folder: cwd }: RepositoryCopy, TZ: string, umask: string) =>
  run("sh", ["-c", `umask ${umask}; cd "$0" && node_modules/.bin/tsx scripts/cli.ts build`, cwd], {
    PATH: process.env.PATH,
    TZ,
  });

test("the build is reproducible across folders, time zones and umasks", async () => {
  checkout = new RepositoryCopy({ isBuilt: false });
  expect(await buildIn(checkout, "Pacific/Kiritimati", "077")).toMatchObject({ exitCode: 0 });
  for (const zip of zips) {
    const other = join(checkout.folder, relative(root, zip));
    expect(readFileSync(other).equals(readFileSync(zip))).toBe(true);
  }
});

test("zips stay below our own size limits", () => {
  for (const path of zips) {
    expect(statSync(path).size).toBeLessThan(
      path.endsWith("layer.zip") ? largestLayerBytes : largestFunctionBytes,
    );
  }
});

test("a function and its layer stay below Lambda's size limits", () => {
  const sizes = zips.map((path) => ({
    zipped: statSync(path).size,
    unzipped: sum(Object.values(unzipSync(readFileSync(path))).map(({ length }) => length)),
  }));
  expect(Math.max(...sizes.map(({ zipped }) => zipped))).toBeLessThan(lambdaLimits.zippedBytes);
  // Stricter than Lambda: all functions together with the layer.
  expect(sum(sizes.map(({ unzipped }) => unzipped))).toBeLessThan(lambdaLimits.unzippedBytes);
});

test("the layer contains no path of the build machine", () => {
  const files = Object.entries(unzipSync(readFileSync(join(defaultBuildFolder, "layer.zip"))));
  expect(files.filter(([, bytes]) => Buffer.from(bytes).includes(root)).map(([name]) => name)).toEqual([]);
  expect(files.map(([name]) => name)).toContain("nodejs/node_modules/vendor.js");
});

test("no code in the zips changes V8 flags at run time", () => {
  const contents = zips.flatMap((zip) => Object.entries(unzipSync(readFileSync(zip))));
  expect(contents.length).toBeGreaterThan(zips.length);
  const changing = contents.filter(([, bytes]) => Buffer.from(bytes).includes("setFlagsFromString"));
  expect(changing.map(([name]) => name)).toEqual([]);
});

test("importing a package that the layer does not list fails the build with instructions", async () => {
  checkout = new RepositoryCopy();
  checkout.write(
    "functions/api/routes/cursor.ts",
    'import "supertest";\nexport const cursor = 1, encodeCursor = 2;',
  );
  const { exitCode, stderr } = await buildIn(checkout, "UTC", "022");
  expect(exitCode).toBe(1);
  expect(stderr).toContain('"supertest" is imported, but layers/dependencies/package.json');
  expect(stderr).toContain("npm install --save-exact supertest -w layers/dependencies");
});

test("a listed package that no function imports fails the build", async () => {
  checkout = new RepositoryCopy();
  checkout.write(
    "layers/dependencies/package.json",
    JSON.stringify({ dependencies: { ...forFunctions, "left-over": "1.0.0" } }),
  );
  const { exitCode, stderr } = await buildIn(checkout, "UTC", "022");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("layers/dependencies/package.json lists left-over, which no function imports");
});

test("tools, stacks and functions use the same version of a shared package", () => {
  const shared: Record<string, string> = forFunctions;
  for (const [name, version] of Object.entries({ ...devDependencies, ...forDeploy })) {
    if (name in shared) expect([name, version]).toEqual([name, shared[name]]);
  }
});

test("a function loads only the SDK clients that it creates", async () => {
  const loaded = async (name: FunctionName) => {
    const { code } = await bundleFunction(name);
    const source = Buffer.from(code).toString("utf8");
    return [...new Set([...source.matchAll(/\["(@aws-sdk\/client-[\w-]+)"\]/g)].map(([, id]) => id))].sort();
  };
  const [table, secrets, queue] = [
    "@aws-sdk/client-dynamodb",
    "@aws-sdk/client-secrets-manager",
    "@aws-sdk/client-sqs",
  ];
  // The API loads that of Secrets Manager where its origin is closed only.
  expect(await loaded("api")).toEqual([table, secrets, queue]);
  expect(await loaded("producer")).toEqual([table, queue]);
  expect(await loaded("worker")).toEqual([table, secrets, queue]);
});
