import { TerraformDataSource, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Emulator } from "./endpoint";

const originPorts = {
  https_port: 443,
  origin_protocol_policy: "http-only",
  origin_ssl_protocols: ["TLSv1.2"],
};

/**
 * Points the origin of a distribution to the emulator's own address of the API. The `Host` of clients cannot be forwarded to it:
 * the emulator would take the request for one to the distribution again.
 */
export function adaptEdge(node: IConstruct, { port }: Emulator): void {
  if (!(node instanceof TerraformElement)) return;
  if (isOf(node, "aws_cloudfront_origin_request_policy"))
    node.addOverride("name", "Managed-AllViewerExceptHostHeader");
  if (!isOf(node, "aws_cloudfront_distribution")) return;
  const api = TerraformStack.of(node)
    .node.findAll()
    .find((each) => isOf(each, "aws_apigatewayv2_api"));
  if (!(api instanceof TerraformResource))
    throw new Error("Expected an HTTP API in the stack of a distribution");
  node.addOverride("origin", [
    {
      origin_id: "api",
      domain_name: "localhost",
      origin_path: `/_aws/execute-api/\${${api.terraformResourceType}.${api.friendlyUniqueId}.id}/$default`,
      custom_origin_config: { ...originPorts, http_port: port },
    },
  ]);
}

const isOf = (node: IConstruct, type: string): node is TerraformResource | TerraformDataSource =>
  (node instanceof TerraformResource || node instanceof TerraformDataSource) &&
  node.terraformResourceType === type;
