/** What a package no longer has, or not yet, and which edition a program that uses it was written for. */
interface Change {
  error: RegExp;
  package: string;
  /** As pip takes it, such as redis<6. */
  edition: string;
  /** The way in newer editions. */
  instead: string;
}

const CHANGES: readonly Change[] = [
  {
    error: /unexpected keyword argument '(charset|errors)'/,
    package: "redis",
    edition: "redis<6",
    instead: "leave it out: newer editions take encoding= and encoding_errors=",
  },
  {
    error: /'(?:DataFrame|Series)' object has no attribute '(append|iteritems)'/,
    package: "pandas",
    edition: "pandas<2",
    instead: "in newer ones: pd.concat([a, b]), and .items()",
  },
  {
    error:
      /read_csv\(\) got an unexpected keyword argument '(error_bad_lines|warn_bad_lines|squeeze|prefix|mangle_dupe_cols)'/,
    package: "pandas",
    edition: "pandas<2",
    instead: 'in newer ones: on_bad_lines="skip"',
  },
  {
    error: /module 'numpy' has no attribute '(float|int|bool|object|str|complex)'/,
    package: "numpy",
    edition: "numpy<1.24",
    instead: "in newer ones Python's own: float, int, bool",
  },
  {
    error:
      /module 'numpy' has no attribute '(float_|NaN|Inf|product|cumproduct|alltrue|sometrue|unicode_)'|`np\.(float_|NaN|Inf|product)` was removed/,
    package: "numpy",
    edition: "numpy<2",
    instead: "in newer ones: float64, nan, inf, prod",
  },
  {
    error: /'Flask' object has no attribute '(before_first_request|json_encoder)'/,
    package: "flask",
    edition: "flask<2.3",
    instead: "in newer ones: do it before the server starts",
  },
  {
    error: /cannot import name '(JSONEncoder|_app_ctx_stack|_request_ctx_stack|Markup|escape)' from 'flask/,
    package: "flask",
    edition: "flask<2.3",
    instead: "in newer ones: from markupsafe import escape, Markup",
  },
  {
    error: /cannot import name '(escape|Markup|contextfunction|contextfilter)' from 'jinja2'/,
    package: "jinja2",
    edition: "jinja2<3.1",
    instead: "flask<2 needs it; flask 3 does not",
  },
  {
    error:
      /cannot import name '(url_quote|url_decode|url_encode|secure_filename|FileStorage)' from 'werkzeug/,
    package: "werkzeug",
    edition: "werkzeug<3",
    instead: "flask<2.3 needs it; flask 3 does not",
  },
  {
    error: /cannot import name '(json)' from 'itsdangerous'/,
    package: "itsdangerous",
    edition: "itsdangerous<2.1",
    instead: "flask<2 needs it; flask 3 does not",
  },
  {
    error: /`?(BaseSettings)`? has been moved to the `?pydantic-settings/,
    package: "pydantic",
    edition: "pydantic<2",
    instead: "in newer ones: from pydantic_settings import BaseSettings",
  },
  {
    error: /has no attribute '(model_dump|model_dump_json|model_validate|model_validate_json)'/,
    package: "pydantic",
    edition: "pydantic>=2",
    instead: "in older ones: .dict(), .json(), .parse_obj(), .parse_raw()",
  },
  {
    error: /module 'PIL\.Image' has no attribute '(ANTIALIAS)'/,
    package: "pillow",
    edition: "pillow<10",
    instead: "in newer ones: Image.LANCZOS",
  },
  {
    error: /module 'matplotlib\.cm' has no attribute '(get_cmap)'/,
    package: "matplotlib",
    edition: "matplotlib<3.9",
    instead: "in newer ones: matplotlib.colormaps[name]",
  },
];

/** What an exception says of a package that has changed; null where it is about none that is known here. */
export function findChange(
  error: string,
): { package: string; edition: string; name: string; instead: string } | null {
  for (const { error: pattern, package: name, edition, instead } of CHANGES) {
    const groups: readonly (string | undefined)[] = pattern.exec(error)?.slice(1) ?? [];
    const found = groups.find((one) => one !== undefined);
    if (found !== undefined) return { package: name, edition, name: found, instead };
  }
  return null;
}
