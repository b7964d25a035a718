import { LambdaLayerVersion } from "@cdktf/provider-aws/lib/lambda-layer-version";
import type { Construct } from "constructs";
import type { Naming } from "../../shared/naming";
import { Artifact } from "./artifact";
import { architecture, runtime } from "./runtime";

/** The layer with every package that the functions run on. */
export function sharedLayer(scope: Construct, nameOf: Naming): LambdaLayerVersion {
  const { filename, hash } = new Artifact(scope, "layer-artifact", "layer.zip");
  return new LambdaLayerVersion(scope, "layer", {
    layerName: nameOf("dependencies"),
    description: "Packages of layers/dependencies",
    filename,
    sourceCodeHash: hash,
    compatibleRuntimes: [runtime],
    compatibleArchitectures: [architecture],
  });
}
