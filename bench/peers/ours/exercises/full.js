import { exerciseWith } from "../exercise.js";

export const exercise = () => exerciseWith(() => import("../../stores/full.mjs"));
