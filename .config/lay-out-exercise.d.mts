export function layOutExercise(folder: string, target: string, root: string): Promise<void>;
