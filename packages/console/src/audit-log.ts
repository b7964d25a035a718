import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { AuditEntry } from "./model";

/** Entries that the page shows. */
const shown = 200;

/** A file with a line of JSON for every write: who, what, and how it ended. */
export class AuditLog {
  constructor(
    private readonly path: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  add(entry: Omit<AuditEntry, "at">): void {
    mkdirSync(dirname(this.path), { recursive: true });
    // Only its owner may read payloads.
    appendFileSync(this.path, `${JSON.stringify({ at: this.now().toISOString(), ...entry })}\n`, {
      mode: 0o600,
    });
  }

  /** The newest first. */
  newest(count = shown): AuditEntry[] {
    return this.entries().slice(-count).reverse();
  }

  /** A line that was cut off by a crash is left out. */
  entries(): AuditEntry[] {
    if (!existsSync(this.path)) return [];
    return readFileSync(this.path, "utf8")
      .split("\n")
      .flatMap((line) => {
        try {
          return line === "" ? [] : [JSON.parse(line) as AuditEntry];
        } catch {
          return [];
        }
      });
  }
}
