import { LambdaLayerVersion } from "@cdktf/provider-aws/lib/lambda-layer-version";
import type { Construct } from "constructs";
import type { Naming } from "../../shared/naming";
import { Artifact } from "./artifact";
import { architecture, runtime } from "./runtime";

/** The Lambda layer with the npm packages of the functions. */
export function sharedLayer(scope: Construct, nameOf: Naming): LambdaLayerVersion {
  const { filename, hash } = new Artifact(scope, "layer-artifact", "layer.zip");
  return new LambdaLayerVersion(scope, "layer", {
    layerName: nameOf("dependencies"),
    description: "npm packages of the functions, from layers/dependencies",
    filename,
    sourceCodeHash: hash,
    compatibleRuntimes: [runtime],
    compatibleArchitectures: [architecture],
  });
}
