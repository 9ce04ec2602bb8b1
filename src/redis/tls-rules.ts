import { type Rule } from "./error-rule.js";

/** What goes wrong with TLS; the first that matches explains. */
export const TLS_RULES: Rule[] = [
  {
    when: /ETIMEDOUT/,
    applies: ({ connection }) => Boolean(connection.tls),
    explain: () => ({
      code: "redis-tls",
      says: "did not answer the TLS handshake",
      hint: "A Redis without TLS does not: use redis:// in place of rediss://",
    }),
  },
  {
    when: /ERR_TLS_CERT_ALTNAME_INVALID/,
    explain: ({ connection: { host = "", port } }, seen) => {
      const names = namesIn(seen);
      const name = names.find((one) => !one.includes("*")) ?? "<its name>";
      return {
        code: "redis-tls-name",
        says: `has a TLS certificate for another name: it is for ${names.join(", ") || "none"}, and the url says ${host}`,
        hint: `Write the host as the certificate does:  --redis-url rediss://${name}:${port ?? 6379}\nIts authority is trusted: another one would change nothing.`,
      };
    },
  },
  {
    when: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    explain: (_, seen) => ({
      code: "redis-tls-date",
      says: `has a TLS certificate that is not valid today: ${seen}`,
      hint: "Is this machine's clock right?  date\nIf it is, the owner of that Redis must renew the certificate.",
    }),
  },
  {
    when: /CERT|SELF_SIGNED|self.signed|certificate|ALTNAME/i,
    explain: (_, seen) => ({
      code: "redis-tls",
      says: `has a TLS certificate that this machine does not accept: ${seen}`,
      hint: "Name the authority's file:  NODE_EXTRA_CA_CERTS=ca.pem tq …",
    }),
  },
  {
    when: /EPROTO|ERR_SSL|wrong version number|packet length/i,
    explain: () => ({
      code: "redis-tls",
      says: "does not speak TLS",
      hint: "Use redis:// in place of rediss://",
    }),
  },
];

/** Of an error about the name in a certificate: the names that it is for, as a certificate writes them. */
export function namesOfCertificate(error: Error): string {
  const { cert } = error as { cert?: { subjectaltname?: string; subject?: { CN?: string } } };
  return cert?.subjectaltname ?? cert?.subject?.CN ?? "";
}

function namesIn(seen: string): string[] {
  const list = seen.slice(seen.indexOf(" ") + 1).split(", ");
  return list.flatMap((one) => one.replace(/^(?:DNS|IP Address):/, "").trim() || []);
}
