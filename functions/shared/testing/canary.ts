import { createHash } from "node:crypto";

/** Strings that no part of the service has of its own, one for each input. */
export const canaryOf = (input: string): string =>
  `CANARY${createHash("sha256").update(input).digest("hex").slice(0, 24).toUpperCase()}`;

/** The base64 digits of a string that depend on no byte before or behind it. */
const base64Of = (text: string, before: number) =>
  Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
    .toString("base64")
    .slice(before === 0 ? 0 : before + 1, -4)
    .replace(/=+$/, "");

/** The inputs whose canary a text has: in any case, in hexadecimal, or in base64. */
export const canariesIn = (text: string, inputs: readonly string[]): string[] => {
  const folded = text.toLowerCase();
  return inputs.filter((input) => {
    const canary = canaryOf(input);
    return (
      folded.includes(canary.toLowerCase()) ||
      folded.includes(Buffer.from(canary).toString("hex")) ||
      [0, 1, 2].some((before) => text.includes(base64Of(canary, before)))
    );
  });
};
