import { loadEnvironment } from "../../../deploy/config/load-environment";
import { localPaths } from "../../../packages/local-cloud/src/local-paths";

/** Prints how many milliseconds the console adds to a start, after the modules that a start loads in any case. */
async function main(): Promise<void> {
  await import("../../local/deploy-locally.js");
  await import("../../build/original-stack.js");
  const config = await loadEnvironment("dev");
  const started = performance.now();
  const { openLocalConsole } = await import("../local-console.js");
  const [accountId = ""] = config.core.allowed_account_ids;
  const target = { endpoint: "http://127.0.0.1:1", accountId, region: config.core.region };
  const server = await openLocalConsole({ target, config, emulator: { pid: process.pid } }, localPaths());
  console.log(performance.now() - started);
  await server.close();
}

void main();
