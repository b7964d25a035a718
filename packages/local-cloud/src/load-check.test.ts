import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reproducibleZip } from "../../lambda-layer/src/zip";
import { LoadCheck } from "./load-check";
import { LambdaStub } from "./testing/lambda-stub";

const worker = { name: "worker", deployedAs: "tasks-dev-worker" };
let folder: string;
let lambda: LambdaStub;
let check: LoadCheck;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "layer-"));
  lambda = await LambdaStub.open();
  lambda.variables.SECRET_ARNS = "{}";
  const module = Buffer.from("exports.present = true;");
  const layer = join(folder, "layer.zip");
  writeFileSync(layer, await reproducibleZip({ "nodejs/node_modules/vendor.js": module }));
  check = new LoadCheck(lambda.target, layer);
});
afterAll(() => {
  check.close();
  lambda.stop();
  rmSync(folder, { recursive: true });
});

const errorOf = (code: string) => check.errorOf(worker, Buffer.from(code));

test("code that loads with the layer, the deployed variables and those of Lambda has no error", async () => {
  const code = `const { present } = require("vendor.js");
    const { SECRET_ARNS, AWS_LAMBDA_FUNCTION_NAME, AWS_ENDPOINT_URL, HOME } = process.env;
    if (!present || SECRET_ARNS !== "{}" || AWS_LAMBDA_FUNCTION_NAME !== "tasks-dev-worker" || !AWS_ENDPOINT_URL || HOME)
      throw new Error("unexpected environment");
    setInterval(() => {}, 1000);`;
  expect(await errorOf(code)).toBeUndefined();
});

test.each([
  [
    "throws",
    "\nthrow new Error('SECRET_ARNS.token is missing');",
    /^Error: SECRET_ARNS.token is missing\n.*\/code\/index\.js:2:7\)/,
  ],
  ["throws no error", "throw 'a string';", /^a string$/],
  ["does not compile", "const = 1;", /SyntaxError/],
  ["requires a module that the layer lacks", "require('absent');", /Cannot find module 'absent'/],
  ["rejects at once", "void Promise.reject(new Error('at load'));", /Error: at load/],
])("the error of code that %s is returned, without the bundle's text", async (_what, code, expected) => {
  expect(await errorOf(code)).toMatch(expected);
});
