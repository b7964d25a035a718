import { eventRules } from "./events";
import { functionRules } from "./functions";
import { permissionRules } from "./permissions";
import { queueRules } from "./queues";
import type { Rule } from "./rule";
import { secretRules } from "./secrets";
import { tagRules } from "./tags";
import { transportRules } from "./transport";

/** What no generic scanner knows of this service. */
export const rules: readonly Rule[] = [
  ...queueRules,
  ...eventRules,
  ...functionRules,
  ...secretRules,
  ...tagRules,
  ...transportRules,
  ...permissionRules,
];
