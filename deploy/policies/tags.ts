import { standardTags } from "../shared/naming";
import { layers, type Layer } from "../shared/layers";
import { at } from "./attributes";
import type { ResolvedEnvironment } from "./resolved-environment";
import { unless, type Rule } from "./rule";

const layerTag = "Layer";

/** The names of the tags in `${merge(<map or core's output>, {"Layer" = "infra"})}`. */
function tagNames({ synthesized }: ResolvedEnvironment, layer: Layer, tags: unknown): string[] {
  const text = typeof tags === "string" ? tags : "";
  const written = [...text.matchAll(/"(\w+)" = /g)].map(([, name = ""]) => name);
  const published = text.includes("data.terraform_remote_state.core.outputs.tags")
    ? Object.keys(synthesized.core.json.output.tags?.value ?? {})
    : [];
  const own = text.includes(`"${layerTag}" = "${layer}"`) ? [layerTag] : [];
  return [...written.filter((name) => name !== layerTag), ...published, ...own];
}

export const tagRules: readonly Rule[] = [
  {
    name: "everything carries the standard tags",
    reason: "nobody could tell whose a resource is, what it costs whom, or what made it",
    violations: (environment) =>
      layers.flatMap((layer) =>
        environment.synthesized[layer].json.provider.aws.flatMap((provider) => {
          const tags = at(provider, "default_tags", "tags");
          const found = tagNames(environment, layer, tags);
          const wanted = [...Object.keys(standardTags(environment.synthesized.config)), layerTag];
          const missing = wanted.filter((name) => !found.includes(name));
          const expected = `default_tags with ${missing.join(", ")}`;
          return unless(missing.length === 0, { address: `${layer} provider.aws` }, expected, tags);
        }),
      ),
  },
];
