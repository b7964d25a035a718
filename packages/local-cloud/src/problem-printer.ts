/** Prints a problem when it appears or changes, and a line when it is fixed. */
export class ProblemPrinter {
  private last = "";

  constructor(
    private readonly print: (text: string) => void,
    private readonly fixed: string,
  ) {}

  /** @param problem empty when there is none */
  update(problem: string): void {
    if (problem === this.last) return;
    this.last = problem;
    this.print(problem === "" ? this.fixed : problem);
  }
}
