import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorProgram } from "../ministack";

/** How a fake emulator reacts to SIGTERM. */
export type FakeEnding = "saves" | "cannot save" | "dies while it saves" | "hangs";

/**
 * A program with the behaviour of MiniStack that the local cloud depends on: it reports its health, has a pid file and a
 * function's code in TMPDIR, writes objects at once and everything else on SIGTERM.
 * `PUT /<name>` creates an object, `GET /environment` returns its environment.
 */
export function fakeEmulator(folder: string, ending: FakeEnding = "saves"): EmulatorProgram {
  const path = join(folder, `ministack-${ending.replaceAll(" ", "-")}`);
  writeFileSync(path, `#!${process.execPath}\nconst ending = ${JSON.stringify(ending)};\n${source}`);
  chmodSync(path, 0o755);
  return { kind: "process", path };
}

const source = String.raw`
const { spawn } = require("node:child_process");
const { mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { join } = require("node:path");
const { GATEWAY_PORT, STATE_DIR, S3_DATA_DIR, TMPDIR, LOCAL_CLOUD_PARENT } = process.env;
const pidFile = join(TMPDIR, "ministack-" + GATEWAY_PORT + ".pid");
writeFileSync(pidFile, String(process.pid));
mkdirSync(join(TMPDIR, "ministack-lambda-tasks-dev-api-x"));
const worker = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
console.log("worker " + worker.pid);
createServer((request, response) => {
  if (request.method === "PUT") writeFileSync(join(S3_DATA_DIR, request.url.slice(1)), String(Date.now()));
  response.end(request.url === "/environment" ? JSON.stringify(process.env) : "{}");
}).listen(Number(GATEWAY_PORT), "127.0.0.1");

const end = () => {
  if (ending === "hangs") return;
  console.log("MiniStack shutting down...");
  writeFileSync(join(STATE_DIR, "sqs.json"), "saved at " + Date.now());
  console.log("Persistence: saved sqs state");
  if (ending === "dies while it saves") process.kill(process.pid, "SIGKILL");
  if (ending === "cannot save") console.log("Persistence: failed to save lambda: [Errno 28] No space left on device");
  else writeFileSync(join(STATE_DIR, "lambda.json"), "saved at " + Date.now());
  rmSync(pidFile);
  process.exit(0);
};
process.on("SIGTERM", end);
setInterval(() => {
  if (process.ppid !== Number(LOCAL_CLOUD_PARENT)) end();
}, 100);
`;
