import { millisecondsWithin, samplesOf, type CpuProfile, type Frame, type Span } from "./cpu-profile";
import { otherGroup, profileGroups } from "./profile-groups";

/** Milliseconds of each group, all of them. */
export type GroupTimes = ReadonlyMap<string, number>;

export const groupNames = [...profileGroups.map(({ name }) => name), otherGroup];

/**
 * What a span of a profile went to, each sample to one group: together they are the span.
 * @param placeOf names the place of a frame
 */
export function timesByGroup(profile: CpuProfile, span: Span, placeOf: (frame: Frame) => string): GroupTimes {
  const times = new Map(groupNames.map((name) => [name, 0]));
  for (const sample of samplesOf(profile)) {
    const milliseconds = millisecondsWithin(sample, span);
    const group = milliseconds === 0 ? undefined : groupOf(sample.stack.map(placeOf));
    if (group !== undefined) times.set(group, (times.get(group) ?? 0) + milliseconds);
  }
  return times;
}

/** @param places of a stack, the innermost first */
export function groupOf(places: readonly string[]): string {
  for (const place of places) {
    const group = profileGroups.find(({ places: ofGroup }) => ofGroup.test(place));
    if (group !== undefined) return group.name;
  }
  return otherGroup;
}
