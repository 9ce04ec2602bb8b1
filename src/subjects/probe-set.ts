import { homedir } from "node:os";
import { join } from "node:path";
import { Docker } from "../docker/docker.js";
import { TqError } from "../errors.js";
import { describeFiles } from "../lab/files/describe-files.js";
import { Observers } from "../lab/observers.js";
import { describePlace, type Place } from "../lab/place.js";
import { findSystemFile } from "../lab/system-file/read-system-file.js";
import { type SystemFile } from "../lab/system-file/system-file.js";
import { PythonContainer } from "../lab/python/python-container.js";
import { type Probes, type SubjectName, subjects } from "./index.js";
import { type Lab, type Opened, type LabOptions, type Subject, type Versions } from "./subject.js";

/** A subject that is open, with the probe that its files last gave. */
interface Open {
  subject: Subject<unknown>;
  opened: Opened<unknown>;
  last: { files: string; probe: unknown } | null;
}

/** The means to gather evidence: for one run, or, while it watches, for as many as there are changes. */
export class ProbeSet implements AsyncDisposable {
  private readonly lab: Lab;
  private readonly open = new Map<SubjectName, Promise<Open>>();
  private system: SystemFile | null = null;

  constructor(
    options: LabOptions,
    /** What is verified: its probes are those of the subjects that it names. */
    private readonly exercise: { number: number; subjects: readonly SubjectName[] },
    /** With it, what happens is watched from the first run on, and it is told when something did. */
    onChange?: () => void,
  ) {
    const docker = new Docker({ env: options.env, platform: process.platform, homeFolder: homedir() });
    this.lab = {
      ...options,
      docker,
      place: describePlace(options),
      observers: new Observers(onChange, options.since),
      system: () => this.system,
      container: new PythonContainer(docker, options.home, join(options.assets, "python")),
    };
  }

  get place(): Place {
    return this.lab.place;
  }

  /** Probes for one run. Files that have not changed are neither read nor run again. */
  async forRun(): Promise<Probes> {
    const probes: Record<string, unknown> = { place: this.place };
    const { folder, systemFile: given } = this.lab;
    this.system = findSystemFile({ folder, given, exercise: this.exercise.number });
    const files = `${describeFiles(folder)}\n${JSON.stringify(this.system)}`;
    for (const name of this.exercise.subjects) await this.add(name, probes, files);
    return probes as Probes;
  }

  /** Of what the evidence of these probes comes from; what does not answer is for the checks to say. */
  async versions(probes: Probes, needs: readonly string[]): Promise<Versions> {
    const found: Versions = {};
    for (const [name, open] of this.open) {
      const { subject } = await open;
      try {
        Object.assign(found, await subject.versions?.(probes[name], needs));
      } catch (error) {
        if (!(error instanceof TqError)) throw error;
      }
    }
    return found;
  }

  private async add(name: SubjectName, probes: Record<string, unknown>, files: string): Promise<void> {
    if (name in probes) return;
    const loading = this.open.get(name) ?? this.load(name);
    this.open.set(name, loading);
    const known = await loading;
    const { subject, opened } = known;
    for (const need of subject.needs ?? []) await this.add(need, probes, files);
    if (!subject.fromFiles || known.last?.files !== files)
      known.last = { files, probe: opened.probe(probes) };
    probes[name] = known.last.probe;
  }

  private async load(name: SubjectName): Promise<Open> {
    const { subject } = (await subjects[name]()) as { subject: Subject<unknown> };
    return { subject, opened: subject.open(this.lab), last: null };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.lab.observers[Symbol.dispose]();
    for (const open of this.open.values()) await (await open).opened[Symbol.asyncDispose]?.();
  }
}
