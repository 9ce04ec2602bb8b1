const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** A day (2026-03-05) in the form that Python's strptime is given. */
export function formatDay(day: string, format: string): string {
  const [year = "2000", month = "01", date = "01"] = day.split("-");
  const name = MONTHS[Number(month) - 1] ?? "";
  const weekday = DAYS[new Date(`${year}-${month}-${date}T00:00:00Z`).getUTCDay()] ?? "";
  const parts: Readonly<Record<string, string>> = {
    ...{ Y: year, m: month, d: date, y: year.slice(2), B: name, b: name.slice(0, 3), A: weekday },
    ...{ a: weekday.slice(0, 3), H: "00", I: "12", p: "AM", M: "00", S: "00", f: "000000", z: "+0000" },
    ...{ Z: "UTC", j: "001", "%": "%", T: "00:00:00", F: `${year}-${month}-${date}`, X: "00:00:00" },
  };
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => parts[letter] ?? whole);
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)(?![\d])/;

/** The day that a text begins with. */
export function dayIn(text: string): string | null {
  return DAY.exec(text)?.[0] ?? null;
}
