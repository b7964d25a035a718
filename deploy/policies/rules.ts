import { eventRules } from "./events";
import { functionRules } from "./functions";
import { permissionRules } from "./permissions";
import { queueRules } from "./queues";
import type { Rule } from "./rule";
import { tagRules } from "./tags";
import { dataProtectionRules } from "./data-protection";

/** Rules that are specific to this service, which no generic scanner checks. */
export const rules: readonly Rule[] = [
  ...queueRules,
  ...eventRules,
  ...functionRules,
  ...tagRules,
  ...dataProtectionRules,
  ...permissionRules,
];
