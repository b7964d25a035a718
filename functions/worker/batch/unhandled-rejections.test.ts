import { join } from "node:path";
import { root } from "../../../scripts/build/paths";
import { run } from "../../../packages/local-cloud/src/command";

jest.setTimeout(60_000);

/** Lambda's managed runtime: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client (src/index.mjs, 3.x) */
const managedRuntime = `process.on("unhandledRejection", () => process.exit(128));`;

const logged = `
  require(${JSON.stringify(join(root, "functions/worker/batch/unhandled-rejections"))}).logUnhandledRejections(
    { error: (message, values) => console.log(values.taskIds, values.error.message) },
    () => ({ taskIds: "t" }),
  );`;

const rejection = `
  setTimeout(() => void Promise.reject(new Error("late")), 1);
  setTimeout(() => console.log("others go on"), 50);`;

const runNode = (script: string) =>
  run(process.execPath, ["--require", "tsx/cjs", "--eval", script], { PATH: process.env.PATH });

test.each([
  ["in Node alone", ""],
  ["in Lambda's managed runtime", managedRuntime],
])("%s a rejection that no handler awaits is logged, and the process continues", async (_where, before) => {
  const { exitCode, stdout } = await runNode(before + logged + rejection);
  expect({ exitCode, lines: stdout.trim().split("\n") }).toEqual({
    exitCode: 0,
    lines: ["t late", "others go on"],
  });
});

test.each([
  ["in Node alone", "", 1],
  ["in Lambda's managed runtime", managedRuntime, 128],
])("%s it ends the process without the listener", async (_where, before, code) => {
  const { exitCode, stdout } = await runNode(before + rejection);
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" });
});
