import { Logger } from "@aws-lambda-powertools/logger";

/** A log that nobody reads. */
export const silentLog = new Logger({ logLevel: "SILENT" });
