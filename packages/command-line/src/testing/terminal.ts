import { PassThrough } from "node:stream";

/** A terminal that replies to each prompt with the next line. */
export function terminal(lines: readonly string[], isTTY = true) {
  const left = [...lines];
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  const shown: string[] = [];
  output.on("data", (data: Buffer) => {
    shown.push(data.toString());
    if (data.toString().endsWith("] ")) input.write(`${left.shift() ?? ""}\n`);
  });
  return { input, output, shown };
}
