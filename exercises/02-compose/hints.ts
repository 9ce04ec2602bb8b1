import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {};
