#!/usr/bin/env node
"use strict";
// Written so that any Node can parse it, however old: it is here to say which one is needed.
var version = process.versions.node.split(".");
if (Number(version[0]) < 20 || (Number(version[0]) === 20 && Number(version[1]) < 19)) {
  console.error("tq needs Node 20.19 or later; this is Node " + process.versions.node + ".");
  console.error("    Get a newer one from https://nodejs.org and try again.");
  process.exitCode = 3;
} else if (isBuilt()) {
  // Keeps what V8 compiles, where Node can (22.1): 5 ms less of each start.
  var keep = require("module").enableCompileCache;
  if (keep) keep();
  require("../dist/tq.cjs").main(__filename);
}

/** In a clone that was never built, builds it; false where that cannot be, which is said. */
function isBuilt() {
  var fs = require("fs");
  var path = require("path");
  var root = path.join(fs.realpathSync(__dirname), "..");
  if (fs.existsSync(path.join(root, "dist", "tq.cjs"))) return true;
  var prepare = path.join(root, ".config", "prepare.mjs");
  if (fs.existsSync(prepare)) {
    console.error("tq is not built yet in " + root + ": that is done now, once.");
    var built = require("child_process").spawnSync(process.execPath, [prepare], { stdio: ["ignore", 2, 2] });
    if (built.status === 0 && fs.existsSync(path.join(root, "dist", "tq.cjs"))) return true;
    console.error("tq: it could not be built; the lines above say why");
    console.error(
      "    Try it by hand:  cd '" +
        root.replace(/'/g, "'\\''") +
        "' && npm ci --ignore-scripts && npm run build",
    );
  } else {
    console.error("tq: this installation is not complete: dist/tq.cjs is missing in " + root);
    console.error("    Install it again, from a clone or a packed tarball.");
  }
  process.exitCode = 3;
  return false;
}
