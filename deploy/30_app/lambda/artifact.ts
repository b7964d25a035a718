import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import { wholeFileError } from "../../shared/errors";

/** `npm run build` writes the zips there. */
const buildFolder = join(__dirname, "..", "..", "..", ".build");

/**
 * A zip of `npm run build`, copied into the folder of the synthesized stack: the stack can be planned, stored and
 * applied on another machine, and has no absolute paths.
 */
export class Artifact extends Construct {
  /** Path of the zip, relative to the folder in which Terraform runs. */
  readonly filename: string;
  /** Base64 of the zip's SHA-256, as Lambda reports it. */
  readonly hash: string;

  /** @throws {ConfigurationError} when the zip has not been built */
  constructor(scope: Construct, id: string, zip: "api.zip" | "worker.zip" | "producer.zip" | "layer.zip") {
    super(scope, id);
    const source = join(buildFolder, zip);
    if (!existsSync(source)) throw missingArtifact(join(basename(buildFolder), zip));
    this.hash = createHash("sha256").update(readFileSync(source)).digest("base64");
    this.filename = `artifacts/${zip}`;
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
    expected: "a built zip",
    found: "none",
    hint: "Run: npm run build",
  });
