import { originSecretHeader, viewerAddressHeader } from "@serverless-tasks/functions/api/env";
import { originSecretKey } from "../../shared/edge-names";

/**
 * Code of a CloudFront function, in its language:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 * It replaces headers of these names that a client sends. Without a value it sends no secret, and the API refuses.
 */
export const originFunctionCode = `import cf from "cloudfront";

const store = cf.kvs();

async function handler(event) {
  const request = event.request;
  let secret = "";
  try {
    secret = await store.get("${originSecretKey}");
  } catch (error) {
    console.log("no secret: " + error);
  }
  request.headers["${originSecretHeader}"] = { value: secret };
  request.headers["${viewerAddressHeader}"] = { value: event.viewer.ip };
  return request;
}
`;
