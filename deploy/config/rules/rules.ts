import type { EnvironmentConfig } from "../environment-config";
import { displayPath, tfvarsPath } from "../environments";
import { invalidSettings } from "../errors";
import { settingRules } from "./settings";
import { optionalPartRules } from "./optional-parts";
import { protectionRules } from "./protection";
import { recoveryRules } from "./recovery";
import type { Rule } from "./rule";
import { stateRules } from "./state";
import { storeRules } from "./store";

const rules: readonly Rule[] = [
  ...protectionRules,
  ...settingRules,
  ...optionalPartRules,
  ...storeRules,
  ...recoveryRules,
  ...stateRules,
];

/**
 * Checks the conditions on settings of several files.
 * @throws {ConfigurationError} with the violations of one file of the environment
 */
export function assertRules(config: EnvironmentConfig): void {
  const fileOf = ({ layer, file }: Rule) => displayPath(tfvarsPath(layer, config.name, file));
  const violated = rules.filter(({ holds }) => !holds(config));
  const [first] = violated;
  if (first === undefined) return;
  const problems = violated
    .filter((rule) => fileOf(rule) === fileOf(first))
    .map(({ code, path, expected, found }) => ({
      code,
      path,
      expected: expected(config),
      found: found(config),
    }));
  throw invalidSettings(fileOf(first), problems);
}
