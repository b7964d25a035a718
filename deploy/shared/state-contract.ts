import { Token, TerraformOutput, type DataTerraformRemoteStateS3, type TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * What a layer publishes in its state, as data that publisher and reader are both typed by.
 * `optional text` is published or not by a decision taken from tfvars at synth.
 */
export type Contract = Readonly<Record<string, "text" | "optional text" | "number" | "text map">>;

/** What the publisher has to give: every output, nothing else. */
export type Published<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends "text"
    ? string
    : C[Name] extends "optional text"
      ? string | undefined
      : C[Name] extends "number"
        ? number
        : Readonly<Record<string, string>>;
};

/** What a reader gets: Terraform tokens, and `undefined` for what the configuration turns off. */
export type Outputs<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends "text"
    ? string
    : C[Name] extends "optional text"
      ? string | undefined
      : C[Name] extends "number"
        ? number
        : TextMap;
};

/** A published map: one entry by its key (letters, digits and -), or all of it for an argument that takes a map. */
export interface TextMap {
  readonly entry: (key: string) => string;
  readonly all: Record<string, string>;
}

/** Names of a contract's optional outputs. */
export type Optional<C extends Contract> = {
  [Name in keyof C]: C[Name] extends "optional text" ? Name : never;
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
 * @param present which optional outputs that layer publishes, decided from its configuration
 */
export function readOutputs<C extends Contract>(
  state: DataTerraformRemoteStateS3,
  contract: C,
  present: Readonly<Record<Optional<C>, boolean>>,
): Outputs<C> {
  const presence = new Map<string, boolean>(Object.entries(present));
  const read = (name: string, kind: Contract[string]) => {
    if (kind === "text map") return textMap(state, name);
    if (kind === "number") return state.getNumber(name);
    return kind === "text" || presence.get(name) ? state.getString(name) : undefined;
  };
  const entries = Object.entries(contract).map(([name, kind]) => [name, read(name, kind)] as const);
  // Built key by key from the contract that also makes the type, which TypeScript cannot follow.
  return Object.fromEntries(entries) as Outputs<C>;
}

const textMap = (state: DataTerraformRemoteStateS3, name: string): TextMap => ({
  // Not ["key"]: its quotes would break the JSON of policies for all who read them before Terraform does.
  entry: (key) => state.getString(`${name}.${key}`),
  all: Token.asStringMap(state.get(name)),
});
