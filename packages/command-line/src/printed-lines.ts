/**
 * The result of a command that prints while it runs, such as one that follows a log. With `--json` each line is an object
 * on standard output; otherwise it is printed for people.
 */
export class PrintedLines<Line = unknown> {
  constructor(
    private readonly lines: AsyncIterable<Line>,
    private readonly forms: {
      readonly json: (line: Line) => object;
      /** Undefined prints nothing. */
      readonly readable: (line: Line) => string | undefined;
    },
  ) {}

  async printJson(print: (line: string) => void): Promise<void> {
    for await (const line of this.lines) print(JSON.stringify(this.forms.json(line)));
  }

  async printReadable(print: (line: string) => void): Promise<void> {
    for await (const line of this.lines) {
      const readable = this.forms.readable(line);
      if (readable !== undefined) print(readable);
    }
  }
}
