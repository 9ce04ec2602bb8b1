import { type Choices } from "./choices.js";

type Field = string | number;

/** What a variant's data are about. */
export interface Topic {
  /** The API's module may be called after it. */
  file: string;
  /** Plural, as in its words and in its JSON file's name. */
  things: string;
  fields: readonly string[];
  /** The field that names a record in `GET /data/<id>`, and the one that `?search=` looks through. */
  id: string;
  search: string;
  /** The field that a job's start and end limit, and the one of which its result is the mean. */
  range: string;
  measure: string;
  records: readonly (readonly Field[])[];
  queue: string;
  /** Seconds that the worker works. */
  work: number;
}

const QUAKES: Topic = {
  file: "quake_api",
  things: "quakes",
  fields: ["id", "place", "year", "magnitude"],
  id: "id",
  search: "place",
  range: "year",
  measure: "magnitude",
  queue: "queue",
  work: 5,
  records: [
    ["q01", "Valdivia", 1960, 9.5],
    ["q02", "Anchorage", 1964, 9.2],
    ["q03", "Aceh", 2004, 9.1],
    ["q04", "Tohoku", 2011, 9.1],
    ["q05", "Kamchatka", 1952, 9.0],
    ["q06", "Maule", 2010, 8.8],
    ["q07", "Esmeraldas", 1906, 8.8],
    ["q08", "Rat Islands", 1965, 8.7],
    ["q09", "Assam", 1950, 8.6],
    ["q10", "Nias", 2005, 8.6],
    ["q11", "Andreanof Islands", 1957, 8.6],
    ["q12", "Sumatra", 2012, 8.6],
    ["q13", "Unimak", 1946, 8.6],
    ["q14", "Arequipa", 2001, 8.4],
    ["q15", "Sanriku", 1933, 8.4],
    ["q16", "Bengkulu", 2007, 8.4],
    ["q17", "Iquique", 2014, 8.2],
    ["q18", "Illapel", 2015, 8.3],
    ["q19", "Hokkaido", 2003, 8.2],
    ["q20", "Chiapas", 2017, 8.2],
  ],
};

const PLANETS: Topic = {
  file: "planet_api",
  things: "planets",
  fields: ["name", "star", "year", "days"],
  id: "name",
  search: "star",
  range: "year",
  measure: "days",
  queue: "some_queue",
  work: 10,
  records: [
    ["51-peg-b", "51 Pegasi", 1995, 4.2],
    ["47-uma-b", "47 Ursae Majoris", 1996, 1078],
    ["16-cyg-b", "16 Cygni", 1996, 798.5],
    ["55-cnc-b", "55 Cancri", 1996, 14.7],
    ["tau-boo-b", "Tau Bootis", 1996, 3.3],
    ["ups-and-b", "Upsilon Andromedae", 1996, 4.6],
    ["gj-876-b", "Gliese 876", 1998, 61.1],
    ["hd-209458-b", "HD 209458", 1999, 3.5],
    ["eps-eri-b", "Epsilon Eridani", 2000, 2671],
    ["tres-1-b", "TrES-1", 2004, 3.0],
    ["hd-189733-b", "HD 189733", 2005, 2.2],
    ["gj-581-c", "Gliese 581", 2007, 12.9],
    ["corot-7-b", "CoRoT-7", 2009, 0.9],
    ["wasp-12-b", "WASP-12", 2008, 1.1],
    ["kepler-10-b", "Kepler-10", 2011, 0.8],
    ["kepler-22-b", "Kepler-22", 2011, 289.9],
    ["kepler-186-f", "Kepler-186", 2014, 129.9],
    ["kepler-452-b", "Kepler-452", 2015, 384.8],
    ["proxima-b", "Proxima Centauri", 2016, 11.2],
    ["trappist-1-e", "TRAPPIST-1", 2017, 6.1],
  ],
};

const GENES: Topic = {
  file: "gene_api",
  things: "genes",
  fields: ["hgnc_id", "symbol", "chromosome", "exons"],
  id: "hgnc_id",
  search: "symbol",
  range: "chromosome",
  measure: "exons",
  queue: "queue",
  work: 15,
  records: [
    ["HGNC:7881", "NOTCH1", 9, 34],
    ["HGNC:7989", "NRAS", 1, 7],
    ["HGNC:7127", "MLH1", 3, 19],
    ["HGNC:7325", "MSH2", 2, 16],
    ["HGNC:4165", "GATA1", 23, 6],
    ["HGNC:583", "APC", 5, 16],
    ["HGNC:4886", "HFE", 6, 6],
    ["HGNC:1884", "CFTR", 7, 27],
    ["HGNC:7553", "MYC", 8, 3],
    ["HGNC:9588", "PTEN", 10, 9],
    ["HGNC:4827", "HBB", 11, 3],
    ["HGNC:6407", "KRAS", 12, 6],
    ["HGNC:1101", "BRCA2", 13, 27],
    ["HGNC:9508", "PSEN1", 14, 12],
    ["HGNC:3603", "FBN1", 15, 66],
    ["HGNC:4823", "HBA1", 16, 3],
    ["HGNC:1100", "BRCA1", 17, 24],
    ["HGNC:11998", "TP53", 17, 11],
    ["HGNC:613", "APOE", 19, 4],
    ["HGNC:11730", "TERT", 5, 16],
  ],
};

export function topicOf({ topic }: Choices): Topic {
  return { quake: QUAKES, planet: PLANETS, gene: GENES }[topic];
}

/** Its records as JSON, which is Python too: a record a line. */
export function recordsOf({ fields, records }: Topic): string {
  const lines = records.map((record) => {
    const parts = fields.map((field, at) => `${JSON.stringify(field)}: ${JSON.stringify(record[at])}`);
    return `  {${parts.join(", ")}}`;
  });
  return `[\n${lines.join(",\n")}\n]`;
}
