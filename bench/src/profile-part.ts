import { defaultBuildFolder } from "../../scripts/build/paths";
import { measuredRuntime } from "./cold-start";
import { methods, type Method } from "./events";
import { httpCases } from "./http-case";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll } from "./prepare";
import { placesOf } from "./profile-places";
import { profileFigures } from "./profile-figures";
import { profiledStart } from "./profiled-start";
import { interleaved } from "./rounds";
import { shapes } from "./shapes";

const rounds = 20;

/** Splits the time of cold starts of the deployed API among groups of code. */
export async function profilePart(context: BenchContext): Promise<Measured> {
  const ours = shapes.filter(({ name }) => name === "ours");
  const cases = httpCases(await prepareAll(ours, context));
  const profiling = {
    runtimeFolder: measuredRuntime(context.folder),
    env: await lambdaEnvironment("api", context.stub.endpoint),
    folder: context.folder,
    placeOf: placesOf(defaultBuildFolder),
  };
  const starts = await interleaved(cases, (of) => profiledStart(of, profiling), roundsOf(context, rounds));
  const startsOf = (method: Method) =>
    [...starts].filter(([of]) => of.method === method).flatMap(([, taken]) => taken);
  return {
    figures: methods.flatMap((method) => profileFigures(method, startsOf(method))),
    comparisons: [],
  };
}
