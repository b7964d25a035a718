import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../packages/local-cloud/src/command";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { findEmulator } from "../../packages/local-cloud/src/ministack";
import { root } from "../../scripts/build/paths";
import { expectSuccess } from "./command";

/** Jest's global setup: what the files of the suite would each build and install on a new machine. */
module.exports = async () => {
  const CDKTF_OUTDIR = mkdtempSync(join(tmpdir(), "synthesized-"));
  const env = { ...process.env, CDKTF_OUTDIR, AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  try {
    const [synthesis] = await Promise.all([
      run(process.execPath, ["scripts/synth.cjs"], env, root),
      findEmulator(localPaths(), () => undefined),
    ]);
    expectSuccess(synthesis);
  } finally {
    rmSync(CDKTF_OUTDIR, { recursive: true });
  }
};
