import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "7.1": ["a7.1", "b", "c", "d"],
  "7.2": ["a7.2", "b", "c", "d"],
  "7.3": ["a7.3", "b", "c", "d"],
  "7.4": ["a7.4", "b", "c", "d"],
  "7.5": ["a7.5", "b", "c", "d"],
  "7.6": ["a7.6", "b", "c", "d"],
  "7.7": ["a7.7", "b", "c", "d"],
  "7.8": ["a7.8", "b", "c", "d"],
  "7.9": ["a7.9", "b", "c", "d"],
  "7.10": ["a7.10", "b", "c", "d"],
};
