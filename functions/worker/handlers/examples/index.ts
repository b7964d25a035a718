import { dependencyCall } from "./dependency-call";
import { documentSign } from "./document-sign";
import { reportSummary } from "./report-summary";

/** Task types that show what a handler can do. `npm run cli -- examples remove` deletes this folder. */
export const examples = [reportSummary, dependencyCall, documentSign] as const;
