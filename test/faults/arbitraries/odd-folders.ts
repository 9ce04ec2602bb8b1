import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import fc from "fast-check";

/** Something that stands in a student's folder and that nobody thinks of. `name` is a file of theirs, or another one. */
type Oddity = (folder: string, name: string) => void | Promise<void>;

const put = (folder: string, name: string, content: string | Buffer): void => {
  writeFileSync(join(folder, name), content);
};

/** The file's text changed; nothing where it is no file any more. */
function change(folder: string, name: string, how: (text: string) => string | Buffer): void {
  try {
    put(folder, name, how(readFileSync(join(folder, name), "utf8")));
  } catch {
    // another oddity has taken its place
  }
}

/** What stood under the name is gone. */
function replace(folder: string, name: string, make: (path: string) => void): void {
  const path = join(folder, name);
  rmSync(path, { recursive: true, force: true });
  make(path);
}

function fill(folder: string, count: number, nameOf: (n: number) => string, text: string): void {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n += 1) put(folder, nameOf(n), text);
}

/** Names that a shell, a terminal or a reader of lists may stumble over. */
const NAMES = [
  "two\nlines.py",
  "tab\there.py",
  "\u001b]0;x\u0007.py",
  "-rf",
  " api.py",
  "api.py ",
  "a'b\"c.py",
];
NAMES.push(
  "$(touch x).py",
  ";.py",
  "名.py",
  "*.py",
  "class.py",
  "1.py",
  "a-b.py",
  "é".repeat(120),
  "x".repeat(250),
);

const ODDITIES: Readonly<Record<string, Oddity>> = {
  "bytes under a name": (folder, name) => {
    put(folder, name, randomBytes(5000));
  },
  "a picture beside": (folder) => {
    put(folder, "photo.png", randomBytes(100_000));
  },
  "zeros without end": (folder, name) => {
    put(folder, name, "");
    truncateSync(join(folder, name), 300 * 1024 * 1024);
  },
  "a large table": (folder) => {
    put(folder, "table.csv", "1,2,3\n".repeat(2_000_000));
  },
  "one long line": (folder, name) => {
    appendFileSync(join(folder, name), `\nx = "${"a".repeat(3_000_000)}"\n`);
  },
  "many lines": (folder, name) => {
    appendFileSync(join(folder, name), "\nx = 1".repeat(100_000));
  },
  "a link to itself": (folder, name) => {
    replace(folder, name, (path) => {
      symlinkSync(path, path);
    });
  },
  "links in a circle": (folder) => {
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    symlinkSync(".", join(folder, "again"));
    symlinkSync("..", join(folder, "up"));
  },
  "a link to all": (folder) => {
    symlinkSync("/", join(folder, "root"));
  },
  "a link to nothing": (folder, name) => {
    replace(folder, name, (path) => {
      symlinkSync("nowhere", path);
    });
  },
  "a link to zeros without end": (folder, name) => {
    replace(folder, name, (path) => {
      symlinkSync("/dev/zero", path);
    });
  },
  "a file that may not be read": (folder, name) => {
    if (existsSync(join(folder, name))) chmodSync(join(folder, name), 0);
  },
  "a folder that may not be read": (folder) => {
    mkdirSync(join(folder, "closed"), { mode: 0 });
  },
  "10,000 files": (folder) => {
    fill(join(folder, "many"), 10_000, (n) => `${n}.txt`, "x");
  },
  "500 modules": (folder) => {
    fill(join(folder, "many"), 500, (n) => `m${n}.py`, "import redis\nfrom hotqueue import HotQueue\n");
  },
  "names of all kinds": (folder) => {
    for (const name of NAMES) put(folder, name, "x = 1\n");
  },
  "a name that is no text": (folder) => {
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from(".py")]);
    writeFileSync(path, "x = 1\n");
  },
  "a pipe under a name": (folder, name) => {
    replace(folder, name, (path) => execFileSync("mkfifo", [path]));
  },
  "a socket under a name": async (folder, name) => {
    replace(folder, name, () => undefined);
    const server = createServer().listen(join(folder, name));
    await new Promise((resolve) => server.once("listening", resolve).once("error", resolve));
    server.close();
    server.unref();
  },
  "a folder under a name": (folder, name) => {
    replace(folder, name, (path) => {
      mkdirSync(path);
    });
  },
  "folders in folders": (folder) => {
    const deep = join(folder, ...Array<string>(200).fill("deep"));
    mkdirSync(deep, { recursive: true });
    put(deep, "end.py", "x = 1\n");
  },
  "nothing at all": (folder) => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  },
  "empty files": (folder) => {
    for (const name of readdirSync(folder))
      replace(folder, name, (path) => {
        writeFileSync(path, "");
      });
  },
  "UTF-16": (folder, name) => {
    change(folder, name, (text) => Buffer.from(`\ufeff${text}`, "utf16le"));
  },
  "a byte order mark": (folder, name) => {
    change(folder, name, (text) => `\ufeff${text}`);
  },
  "letters of cp1252": (folder, name) => {
    change(folder, name, (text) =>
      Buffer.concat([Buffer.from("# caf\u00e9\n", "latin1"), Buffer.from(text)]),
    );
  },
  "a zero byte": (folder, name) => {
    change(folder, name, (text) => text.replace("\n", "\0\n"));
  },
  "old line ends": (folder, name) => {
    change(folder, name, (text) => text.replaceAll("\n", "\r"));
  },
  "an environment of another machine": (folder) => {
    mkdirSync(join(folder, ".venv", "bin"), { recursive: true });
    put(folder, ".venv/pyvenv.cfg", "home = /nowhere/bin\nversion = 3.99.0\n");
    symlinkSync("/nowhere/bin/python", join(folder, ".venv/bin/python"));
  },
  "files of tools": (folder) => {
    for (const name of [
      "requirements.txt",
      "pyproject.toml",
      "Dockerfile",
      "tq.yaml",
      ".env",
      "docker-compose.yml",
    ])
      put(folder, name, randomBytes(300));
  },
  "folders for files of tools": (folder) => {
    for (const name of [
      "requirements.txt",
      "pyproject.toml",
      "Dockerfile",
      "tq.yaml",
      ".env",
      "compose.yaml",
    ])
      mkdirSync(join(folder, name), { recursive: true });
  },
  "pipes for files of tools": (folder) => {
    for (const name of [
      "requirements.txt",
      "pyproject.toml",
      "Dockerfile",
      "tq.yaml",
      ".env",
      "compose.yaml",
    ])
      if (!existsSync(join(folder, name))) execFileSync("mkfifo", [join(folder, name)]);
  },
};

/** Which oddities a folder has, and at which of its files (by number). */
export const oddFolders = fc.array(
  fc.record({ what: fc.constantFrom(...Object.keys(ODDITIES)), at: fc.nat(5) }),
  { minLength: 1, maxLength: 3 },
);

/** Lays the oddities out in a folder that holds a student's files. */
export async function layOdd(
  folder: string,
  oddities: readonly { what: string; at: number }[],
): Promise<void> {
  const own = readdirSync(folder);
  for (const { what, at } of oddities) {
    try {
      await ODDITIES[what]?.(folder, own[at % Math.max(own.length, 1)] ?? "api.py");
    } catch (error) {
      // Two oddities at one place: the second finds no file, or what cannot be replaced.
      if (!(error as NodeJS.ErrnoException).code) throw error;
    }
  }
}
