import type { Contract } from "../shared/state-contract";

/** What the app layer tells people and scripts. */
export const appOutputs = {
  api_url: "text",
  api_function_name: "text",
  worker_function_name: "text",
  producer_function_name: "text",
  api_alias_arn: "text",
  worker_alias_arn: "text",
  producer_alias_arn: "text",
} as const satisfies Contract;
