import { Token, TerraformOutput, type DataTerraformRemoteStateS3, type TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * The outputs of a layer as data, from which both the publisher and the readers derive their types.
 * Whether an optional output is published depends on tfvars, at synthesis.
 */
export type Contract = Readonly<
  Record<string, "string" | "optional string" | "number" | "string map" | "optional string map">
>;

/** The values that the publisher must pass: every output and nothing else. */
export type Published<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends "string"
    ? string
    : C[Name] extends "optional string"
      ? string | undefined
      : C[Name] extends "number"
        ? number
        : C[Name] extends "string map"
          ? Readonly<Record<string, string>>
          : Readonly<Record<string, string>> | undefined;
};

/** The values that a reader gets: Terraform tokens, and `undefined` for outputs that the configuration disables. */
export type Outputs<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends "string"
    ? string
    : C[Name] extends "optional string"
      ? string | undefined
      : C[Name] extends "number"
        ? number
        : C[Name] extends "string map"
          ? StringMap
          : StringMap | undefined;
};

/** A published map: one entry by its key (letters, digits and -), or the whole map for an argument of that type. */
export interface StringMap {
  readonly entry: (key: string) => string;
  readonly all: Record<string, string>;
}

/** Names of a contract's optional outputs. */
export type Optional<C extends Contract> = {
  [Name in keyof C]: C[Name] extends `optional ${string}` ? Name : never;
}[keyof C];

/** Writes a layer's outputs. */
export function publish<C extends Contract>(stack: TerraformStack, contract: C, values: Published<C>): void {
  const outputs = new Construct(stack, "outputs");
  for (const name of Object.keys(contract)) {
    const value = values[name];
    if (value !== undefined) new TerraformOutput(outputs, name, { value }).overrideLogicalId(name);
  }
}

/**
 * Reads the outputs of a lower layer.
 * @param present whether the layer publishes each of its optional outputs, according to its configuration
 */
export function readOutputs<C extends Contract>(
  state: DataTerraformRemoteStateS3,
  contract: C,
  present: Readonly<Record<Optional<C>, boolean>>,
): Outputs<C> {
  const presence = new Map<string, boolean>(Object.entries(present));
  const read = (name: string, kind: Contract[string]) => {
    if (kind.startsWith("optional") && !presence.get(name)) return undefined;
    if (kind.endsWith("map")) return stringMap(state, name);
    return kind === "number" ? state.getNumber(name) : state.getString(name);
  };
  const entries = Object.entries(contract).map(([name, kind]) => [name, read(name, kind)] as const);
  // TypeScript cannot derive the type of an object that is built key by key.
  return Object.fromEntries(entries) as Outputs<C>;
}

const stringMap = (state: DataTerraformRemoteStateS3, name: string): StringMap => ({
  // Not ["key"]: its quotes would make policies invalid JSON for programs that read them before Terraform does.
  entry: (key) => state.getString(`${name}.${key}`),
  all: Token.asStringMap(state.get(name)),
});
