import type { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { unpricedResource } from "./errors";
import resourceCosts from "./resource-costs.json";

/**
 * Asserts that the estimates of cost and capacity know each resource of an environment: the prices that apply to its type,
 * or why it costs nothing.
 * @throws {CommandError} naming the resource and the file to change
 */
export function assertKnownResources({ resources }: Pick<ResolvedEnvironment, "resources">): void {
  const unknown = resources.find(({ type }) => !(type in resourceCosts));
  if (unknown !== undefined) throw unpricedResource(unknown.address);
}
