import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { FunctionName } from "@serverless-tasks/functions/service";
import { TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import type { migrationsName } from "../../shared/naming";
import { wholeFileError } from "../../shared/errors";

/** `npm run build` writes the files there. */
const buildFolder = join(__dirname, "..", "..", "..", ".build");

export type ArtifactFile =
  | `${FunctionName | "layer" | "postgres-layer" | "valkey-layer" | typeof migrationsName}.zip`
  | "release.cjs";

/**
 * A file of `npm run build`, copied into the folder of the synthesized stack: the stack can be planned, stored and
 * applied on another machine, and has no absolute paths.
 */
export class Artifact extends Construct {
  /** Path of the file, relative to the folder in which Terraform runs. */
  readonly filename: string;
  /** Base64 of its SHA-256, as Lambda reports it. */
  readonly hash: string;

  /** @throws {ConfigurationError} when the file has not been built */
  constructor(scope: Construct, id: string, file: ArtifactFile) {
    super(scope, id);
    const source = join(buildFolder, file);
    if (!existsSync(source)) throw missingArtifact(join(basename(buildFolder), file));
    this.hash = createHash("sha256").update(readFileSync(source)).digest("base64");
    this.filename = `artifacts/${file}`;
    addCustomSynthesis(this, {
      onSynthesize: ({ outdir, manifest }) => {
        const target = join(
          outdir,
          manifest.forStack(TerraformStack.of(this)).workingDirectory,
          this.filename,
        );
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(source, target);
      },
    });
  }
}

const missingArtifact = (path: string) =>
  wholeFileError("missing-artifact", path, {
    expected: "a built file",
    found: "none",
    hint: "Run: npm run build",
  });
