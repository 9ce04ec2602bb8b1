import { listExercises, type LoadedExercise, loadExercise } from "../../../course/catalog.js";
import { runStage, type StageOutcome } from "../../../course/author/dev-check.js";
import { allEditions } from "../../../course/editions.js";
import { listStages, type Stage } from "../../../course/author/stages.js";
import { type ClusterOptions, NO_CLUSTER } from "../../../course/session.js";
import { type CommandModule } from "../../command.js";
import { type Context } from "../../context.js";
import { wholeNumber } from "../../options.js";

interface CheckOptions {
  python?: string;
  repeat: number;
  only?: string;
  atOnce: number;
  cluster?: true;
}

/** For authors: whether each exercise tells its students apart. */
export const check: CommandModule = {
  define: (command) =>
    command
      .argument("[number]", "which exercise; without it, all", wholeNumber(1))
      .option("--python <path>", 'a Python that has hotqueue and redis; "container": one in a container')
      .option("--repeat <n>", "so many times", wholeNumber(1), 1)
      .option("--only <text>", "the students whose name holds this text")
      .option("--cluster", "the students that need a cluster, on the one of kubectl's current context")
      .option("--at-once <n>", "so many students at a time, where they need no Docker", wholeNumber(1), 1),

  note: "Ends with 0 when every student got the verdict that the exercise says.",

  run: async (context, options: CheckOptions, number?: number) => {
    const { assets, env, out, notes, signal } = context;
    const numbers = number === undefined ? listExercises(assets).map((entry) => entry.number) : [number];
    let [right, wrong] = [0, 0];
    for (let round = 1; round <= options.repeat; round += 1) {
      if (options.repeat > 1) await out.line(`round ${round} of ${options.repeat}`);
      for (const one of numbers) {
        const forms = await allEditions(await loadExercise(assets, one));
        await out.line(`exercise ${one}, ${forms[0]?.exercise.title ?? ""}`);
        const stages = forms
          .flatMap((loaded) =>
            listStages(loaded, { onCluster: options.cluster === true }).map((stage) => ({
              ...stage,
              loaded,
            })),
          )
          .filter((stage) => isPlayed(stage, options));
        const playSome = async (some: Iterable<(typeof stages)[number]>): Promise<void> => {
          for (const { loaded, ...stage } of some) {
            signal.throwIfAborted();
            notes.progress(() => `  ${stage.name} …`);
            const cluster = options.cluster && AGREED;
            const { python } = options;
            const outcome = await runStage(stage, { loaded, assets, env, python, signal, cluster });
            notes.endProgress();
            await show(context, outcome);
            if (outcome.right) right += 1;
            else wrong += 1;
          }
        };
        const light = stages.filter(({ containers }) => !containers).values();
        await Promise.all(Array.from({ length: options.atOnce }, () => playSome(light)));
        // A stage with containers has the machine's ports and names to itself.
        await playSome(stages.filter(({ containers }) => containers));
      }
    }
    await out.line(`${right} as they should be, ${wrong} not`);
    return wrong === 0 ? 0 : 1;
  },
};

/** Whoever asks for the cluster agrees that manifests are applied to it, in namespaces of tq's own. */
const AGREED: ClusterOptions = { ...NO_CLUSTER, consent: () => Promise.resolve(true) };

function isPlayed(
  { name, needsCluster, mistake, loaded }: Stage & { loaded: LoadedExercise },
  options: CheckOptions,
): boolean {
  if (!name.includes(options.only ?? "")) return false;
  if (!options.cluster) return !needsCluster;
  // What the files alone show is the same with a cluster.
  const { steps } = loaded.exercise;
  return needsCluster || (mistake === undefined && steps.some((step) => step.needsCluster));
}

async function show(
  { out }: Context,
  { name, expected, right, looks, durationMs }: StageOutcome,
): Promise<void> {
  await out.line(`  ${right ? "ok  " : "BAD "} ${name.padEnd(54)} ${String(durationMs).padStart(6)} ms`);
  if (right) return;
  await out.line(`       expected: ${expected}`);
  for (const checks of looks) {
    for (const { id, verdict, mistake, observed } of checks) {
      await out.line(`         ${id} ${verdict} ${mistake ?? ""}  ${observed ?? ""}`);
    }
  }
}
