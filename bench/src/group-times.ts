import { millisecondsWithin, samplesOf, type CpuProfile, type Frame, type Span } from "./cpu-profile";
import { otherGroup, profileGroups } from "./profile-groups";

/** Milliseconds by group, for all groups. */
export type GroupTimes = ReadonlyMap<string, number>;

export const groupNames = [...profileGroups.map(({ name }) => name), otherGroup];

/**
 * Splits a span of a profile among the groups; each sample belongs to one group.
 * @param placeOf returns the place of a frame: its source and function
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

/** @param places of the frames of a stack, the innermost first */
export function groupOf(places: readonly string[]): string {
  for (const place of places) {
    const group = profileGroups.find(({ places: ofGroup }) => ofGroup.test(place));
    if (group !== undefined) return group.name;
  }
  return otherGroup;
}
