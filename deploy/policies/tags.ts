import { standardTags } from "../shared/naming";
import { layers, type Layer } from "../shared/layers";
import { at } from "./attributes";
import type { ResolvedEnvironment } from "./resolved-environment";
import { unless, type Rule } from "./rule";

const layerTag = "Layer";

/** The names of the tags in `${merge(<map or core's output>, {"Layer" = "infra"})}`. */
function tagNames({ synthesized }: ResolvedEnvironment, layer: Layer, tags: unknown): string[] {
  const expression = typeof tags === "string" ? tags : "";
  const written = [...expression.matchAll(/"(\w+)" = /g)].map(([, name = ""]) => name);
  const published = expression.includes("data.terraform_remote_state.core.outputs.tags")
    ? Object.keys(synthesized.core.json.output.tags?.value ?? {})
    : [];
  const own = expression.includes(`"${layerTag}" = "${layer}"`) ? [layerTag] : [];
  return [...written.filter((name) => name !== layerTag), ...published, ...own];
}

export const tagRules: readonly Rule[] = [
  {
    name: "all resources have the standard tags",
    reason: "the owner, the cost center and the origin of a resource would be unknown",
    violations: (environment) =>
      layers.flatMap((layer) =>
        environment.synthesized[layer].json.provider.aws.flatMap((provider) => {
          const tags = at(provider, "default_tags", "tags");
          const found = tagNames(environment, layer, tags);
          const required = [...Object.keys(standardTags(environment.synthesized.config)), layerTag];
          const missing = required.filter((name) => !found.includes(name));
          const expected = `default_tags with ${missing.join(", ")}`;
          return unless(missing.length === 0, { address: `${layer} provider.aws` }, expected, tags);
        }),
      ),
  },
];
