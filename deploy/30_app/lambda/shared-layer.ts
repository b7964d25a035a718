import { LambdaLayerVersion } from "@cdktf/provider-aws/lib/lambda-layer-version";
import type { Construct } from "constructs";
import type { Naming } from "../../shared/naming";
import { Artifact } from "./artifact";
import { architecture, runtime } from "./runtime";

/** The Lambda layer with the npm packages of the functions. */
export const sharedLayer = (scope: Construct, nameOf: Naming): LambdaLayerVersion =>
  layer(scope, "layer", nameOf("dependencies"), "npm packages of the functions, from layers/dependencies");

/** The layer of the functions that store tasks in PostgreSQL. */
export const postgresLayer = (scope: Construct, nameOf: Naming): LambdaLayerVersion =>
  layer(scope, "postgres-layer", nameOf("postgres"), "The store of tasks in PostgreSQL, with its driver");

/** The layer of the API where a cache limits rates. */
export const valkeyLayer = (scope: Construct, nameOf: Naming): LambdaLayerVersion =>
  layer(scope, "valkey-layer", nameOf("valkey"), "The limiter of rates, with its client of Valkey");

function layer(
  scope: Construct,
  id: "layer" | "postgres-layer" | "valkey-layer",
  layerName: string,
  description: string,
): LambdaLayerVersion {
  const { filename, hash } = new Artifact(scope, `${id}-artifact`, `${id}.zip`);
  return new LambdaLayerVersion(scope, id, {
    layerName,
    description,
    filename,
    sourceCodeHash: hash,
    compatibleRuntimes: [runtime],
    compatibleArchitectures: [architecture],
  });
}
