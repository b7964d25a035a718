import * as z from "zod";
import type { Layer } from "../shared/layers";
import type { Attributes } from "./synthesize";

export type Change = (attributes: Attributes) => Attributes;
export const set =
  (values: Attributes): Change =>
  (attributes) => ({ ...attributes, ...values });
export const without = (name: string) => set({ [name]: undefined });
/** Replaces a string in a JSON attribute; throws when it is not there. */
export const replace =
  (name: string, from: string, to: string): Change =>
  (attributes) => {
    const value = z.string().parse(attributes[name]);
    if (!value.includes(from)) throw new Error(`${name} has no ${from}`);
    return { ...attributes, [name]: value.replaceAll(from, to) };
  };

/** The rule, the resource (the first whose id starts with a string), and the change that violates the rule. */
export type Breakage = readonly [string, Layer, string, string, Change];
