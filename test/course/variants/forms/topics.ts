import { type FormChoices } from "./ways.js";

/** A record: its id, a name, one of a few kinds, a day, and what was measured. */
type Row = readonly [id: string, name: string, kind: string, day: string, value: number];

/** What a program's data are about. */
export interface Topic {
  things: FormChoices["topic"];
  /** The same in the singular. */
  thing: string;
  /** The package's name, and the topic's own name for the API's module. */
  package: string;
  /** What its records call their kind and their value. */
  kind: string;
  value: string;
  rows: readonly Row[];
}

const LIGHTHOUSES: Topic = {
  things: "lighthouses",
  thing: "lighthouse",
  package: "lightbase",
  kind: "coast",
  value: "height",
  rows: [
    ["LHA", "Ardnor", "north", "1841-03-12", 36],
    ["LHB", "Belvast", "west", "1858-07-30", 29],
    ["LHC", "Corran", "north", "1863-11-02", 41],
    ["LHD", "Dunmora", "south", "1877-05-19", 22],
    ["LHE", "Eskholm", "west", "1880-09-08", 47],
    ["LHF", "Fenness", "south", "1894-02-25", 31],
    ["LHG", "Gartray", "north", "1899-12-14", 27],
    ["LHH", "Halsund", "west", "1907-06-03", 52],
  ],
};

const GLACIERS: Topic = {
  things: "glaciers",
  thing: "glacier",
  package: "icebase",
  kind: "region",
  value: "length",
  rows: [
    ["GLA", "Alvik", "alps", "1932-08-11", 7],
    ["GLB", "Brenna", "andes", "1948-01-27", 19],
    ["GLC", "Cavran", "alps", "1951-09-15", 4],
    ["GLD", "Dorrun", "rockies", "1959-07-04", 12],
    ["GLE", "Esterin", "andes", "1966-02-18", 23],
    ["GLF", "Fallet", "rockies", "1974-10-09", 9],
    ["GLG", "Gorna", "alps", "1983-06-21", 6],
    ["GLH", "Hvalen", "rockies", "1990-04-13", 15],
  ],
};

const OWLS: Topic = {
  things: "owls",
  thing: "owl",
  package: "owlbase",
  kind: "forest",
  value: "weight",
  rows: [
    ["OWA", "Asta", "beech", "2011-04-02", 410],
    ["OWB", "Bruno", "pine", "2012-06-17", 530],
    ["OWC", "Cleo", "beech", "2013-09-26", 388],
    ["OWD", "Dario", "oak", "2015-01-31", 612],
    ["OWE", "Edda", "pine", "2016-03-22", 475],
    ["OWF", "Falko", "oak", "2018-08-05", 590],
    ["OWG", "Greta", "beech", "2019-11-29", 402],
    ["OWH", "Hugo", "pine", "2021-05-14", 551],
  ],
};

const COMETS: Topic = {
  things: "comets",
  thing: "comet",
  package: "cometdb",
  kind: "family",
  value: "period",
  rows: [
    ["CMA", "Arendt", "halley", "1961-02-07", 71],
    ["CMB", "Bessel", "jupiter", "1968-10-20", 6],
    ["CMC", "Carrow", "halley", "1973-03-05", 68],
    ["CMD", "Delvaux", "encke", "1979-12-11", 3],
    ["CME", "Eriksen", "jupiter", "1986-07-16", 8],
    ["CMF", "Forbes", "encke", "1992-05-28", 4],
    ["CMG", "Gunn", "halley", "1998-09-01", 75],
    ["CMH", "Holt", "jupiter", "2003-11-24", 7],
  ],
};

const TOPICS = { lighthouses: LIGHTHOUSES, glaciers: GLACIERS, owls: OWLS, comets: COMETS };

export function topicOf({ topic }: Pick<FormChoices, "topic">): Topic {
  return TOPICS[topic];
}

/** The records, as their JSON file has them. */
export function recordsOf({ kind, value, rows }: Topic): Record<string, string | number>[] {
  return rows.map(([id, name, one, day, measured]) => ({
    id,
    name,
    [kind]: one,
    date: day,
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)),
    [value]: measured,
  }));
}

export function kindsOf({ rows }: Topic): string[] {
  return [...new Set(rows.map(([, , kind]) => kind))];
}
