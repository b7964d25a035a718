import { alarmRules } from "./alarms";
import { edgeRules } from "./edge";
import { eventRules } from "./events";
import { firewallRules } from "./firewall";
import { functionRules } from "./functions";
import { networkRules } from "./network";
import { permissionRules } from "./permissions";
import { queueRules } from "./queues";
import type { Rule } from "./rule";
import { storeRules } from "./store";
import { tagRules } from "./tags";
import { dataProtectionRules } from "./data-protection";

/** Rules that are specific to this service, which no generic scanner checks. */
export const rules: readonly Rule[] = [
  ...queueRules,
  ...eventRules,
  ...functionRules,
  ...alarmRules,
  ...tagRules,
  ...dataProtectionRules,
  ...edgeRules,
  ...firewallRules,
  ...networkRules,
  ...storeRules,
  ...permissionRules,
];
