/** One line on a terminal that is written over; elsewhere a line for each piece of news. */
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
