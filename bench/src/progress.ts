/** Reports progress: in a line of the terminal that is overwritten, or in lines when the output is not a terminal. */
export function progressLine(output: NodeJS.WriteStream = process.stderr) {
  const clear = () => {
    if (output.isTTY) output.write("\r\x1b[K");
  };
  return {
    clear,
    report: (line: string) => {
      clear();
      output.write(output.isTTY ? line : `${line}\n`);
    },
  };
}
