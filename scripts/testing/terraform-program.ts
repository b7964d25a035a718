import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Terraform on PATH that records its arguments and runs a script. */
export class TerraformProgram {
  private readonly path = process.env.PATH;

  /** @param folder for the program and its record */
  constructor(private readonly folder: string) {}

  install(script: string): void {
    mkdirSync(this.folder, { recursive: true });
    const program = join(this.folder, "terraform");
    writeFileSync(
      program,
      `#!/bin/sh\nif [ "$1" = version ]; then echo '{"terraform_version":"1.11.4"}'; exit; fi\necho "$*" >> ${this.record}\n${script}\n`,
    );
    chmodSync(program, 0o755);
    process.env.PATH = [this.folder, this.path].join(delimiter);
  }

  /** The arguments of each run. */
  calls = (): string[] =>
    existsSync(this.record) ? readFileSync(this.record, "utf8").trim().split("\n") : [];

  remove(): void {
    process.env.PATH = this.path;
  }

  private get record(): string {
    return join(this.folder, "calls");
  }
}
