import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "../src/model";

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("The session is not loaded");
  return session;
}

/** A word as a shell takes it. */
export const quoted = (word: string): string =>
  /^[\w.:/=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

type OptionValue = string | number | boolean | undefined;

/** A command line that does what the page does: options without a value are left out. */
export function commandLine(
  { isAws }: Pick<Session, "isAws">,
  words: readonly string[],
  options: Readonly<Record<string, OptionValue>> = {},
): string {
  const given = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === "" || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, quoted(String(value))];
  });
  return ["npm run cli --", ...words.map(quoted), ...given, ...(isAws ? ["--aws"] : [])].join(" ");
}
