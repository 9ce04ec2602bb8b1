/** What a library says when a part of it was not installed, and what brings that part. */
const EXTRAS: readonly [RegExp, string][] = [
  [/requires "python-multipart" to be installed/, "python-multipart"],
  [/Install Flask with the 'async' extra/, "flask[async]"],
  [/email-validator is not installed/, "pydantic[email]"],
  [/`httpx` .*(?:must be installed|requires)|The starlette.testclient module requires the httpx/, "httpx"],
  [/jinja2 must be installed to use/, "jinja2"],
  [/itsdangerous` must be installed/, "itsdangerous"],
  [/(?:ujson|orjson) must be installed to use (?:UJSON|ORJSON)Response/, "orjson ujson"],
  [
    /Missing optional dependency '(?:openpyxl|lxml|pyarrow|xlrd|tabulate|tables|fastparquet|html5lib|fsspec)'/,
    "$package",
  ],
  [/To use the fastapi command, please install "fastapi\[standard\]"/, "fastapi[standard]"],
];

/** What `pip install` takes to bring what the exception says is not there; null where it says no such thing. */
export function missingExtra(error: string): string | null {
  for (const [pattern, extra] of EXTRAS) {
    if (!pattern.test(error)) continue;
    return extra === "$package" ? (/'([\w-]+)'/.exec(error)?.[1] ?? null) : extra;
  }
  return null;
}
