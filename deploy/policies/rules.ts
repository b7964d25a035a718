import { eventRules } from "./events";
import { functionRules } from "./functions";
import { permissionRules } from "./permissions";
import { queueRules } from "./queues";
import type { Rule } from "./rule";
import { tagRules } from "./tags";
import { transportRules } from "./transport";

/** What no generic scanner knows of this service. */
export const rules: readonly Rule[] = [
  ...queueRules,
  ...eventRules,
  ...functionRules,
  ...tagRules,
  ...transportRules,
  ...permissionRules,
];
