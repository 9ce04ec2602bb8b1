/** Packages that are surely those that an import of this name means: what is not among them is never advised to be installed. */
const SAME_NAME = new Set(
  `aiohttp altair anyio astropy attrs black blinker boto3 bokeh celery certifi click cryptography dash dask falcon fastapi
  flask folium geopandas gevent geopy gunicorn h5py hotqueue httpx hypercorn isort jinja2 joblib jsonschema kombu loguru
  lxml markdown marshmallow matplotlib mypy networkx nltk numba numpy openpyxl orjson pandas plotly polars psutil pyarrow
  pydantic pydantic_settings pymongo pytest pytz redis requests rich ruff scikit_image scipy seaborn shapely simplejson
  sqlalchemy starlette statsmodels streamlit sympy tabulate tornado tqdm typer typing_extensions ujson urllib3 uvicorn
  uvloop validators watchdog websockets werkzeug wordcloud xarray xmltodict yfinance`
    .split(/\s+/)
    .filter(Boolean),
);

/** Packages that are installed under another name than they are imported. */
const OTHER_NAME: Readonly<Record<string, string>> = {
  Bio: "biopython",
  PIL: "pillow",
  bs4: "beautifulsoup4",
  cv2: "opencv-python-headless",
  dateutil: "python-dateutil",
  dotenv: "python-dotenv",
  flask_cors: "flask-cors",
  flask_restful: "flask-restful",
  multipart: "python-multipart",
  pydantic_settings: "pydantic-settings",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  typing_extensions: "typing-extensions",
  yaml: "pyyaml",
};

/** What `pip install` calls the package of a module; null where that is not certain. */
export function packageOf(module: string): string | null {
  const [top = ""] = module.split(".");
  return OTHER_NAME[top] ?? (SAME_NAME.has(top) ? top : null);
}
