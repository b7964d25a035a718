import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lambdaNode } from "./lambda-node";

/** Folder of the runtime clients' own package.json and lockfile. */
export const clientsFolder = join(__dirname, "..", "clients");
const installed = (...path: string[]) => join(clientsFolder, "node_modules", ...path);

/** A Lambda runtime: Node.js and AWS's runtime client. */
export interface Runtime {
  readonly identifier: "nodejs22.x" | "nodejs24.x";
  /** Path of Node.js. */
  readonly node: string;
  /** Major version of the runtime client. */
  readonly client: 3 | 4;
}

/**
 * nodejs22.x has version 3 of the client, which supports handlers with callbacks and reports unhandled rejections;
 * nodejs24.x has version 4, which does neither. Version 4 also supports Node.js 22.
 */
export const runtimes: readonly [Runtime, ...Runtime[]] = [
  { identifier: "nodejs22.x", node: lambdaNode, client: 3 },
  { identifier: "nodejs22.x", node: lambdaNode, client: 4 },
  { identifier: "nodejs24.x", node: installed("node-24", "bin", "node"), client: 4 },
];

/** Version 4 is a program; version 3 is a module, which this program runs. */
const programOfVersion3 = `import { run } from "./client.mjs";
await run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
`;

/**
 * Writes Lambda's folder /var/runtime: the client as index.mjs, and a module that replaces its native addon.
 * @param rapidClient path of that module
 */
export function writeRuntime(
  folder: string,
  client: Runtime["client"],
  rapidClient = join(__dirname, "rapid-client.cjs"),
): void {
  // `require("./rapid-client.node")` resolves to a folder of this name, too.
  const native = join(folder, "rapid-client.node");
  mkdirSync(native, { recursive: true });
  writeFileSync(join(native, "index.js"), `module.exports = require(${JSON.stringify(rapidClient)});\n`);
  const program = join(folder, "index.mjs");
  if (client === 4) {
    copyFileSync(installed("aws-lambda-ric", "index.mjs"), program);
  } else {
    copyFileSync(installed("aws-lambda-ric-3", "dist", "index.mjs"), join(folder, "client.mjs"));
    writeFileSync(program, programOfVersion3);
  }
}
