import { createRng } from "../../core/rng.ts";
import type { Bank } from "./bank.ts";
import { buildEmv, type Element } from "./emv.ts";

/** What of a transfer its mini-QR says. */
interface Facts {
  readonly reference: string;
  readonly amount: number;
  /** Of the recipient, as the slip shows it. */
  readonly account: string;
}

/** The reference as a code carries it: letters and digits alone. */
export const bareReference = (reference: string) => reference.replace(/[^\dA-Za-z]/g, "");

/** The mini-QR's text, "" where the bank shows none. It carries the reference. Formats: DOMAIN, codes and ids. */
export function payloadOf(bank: Bank, { reference, amount, account }: Facts): string {
  const bare = bareReference(reference);
  const sum = amount.toFixed(bank.decimals);
  const digits = (count: number) => {
    const rng = createRng(`payload/${bank.name}/${account}`);
    return Array.from({ length: count }, () => rng.integer(10)).join("");
  };
  const code = String(100 + (createRng(`bank code/${bank.name}`).bits() % 900));
  const start: Element[] = [
    ["00", "01"],
    ["01", "12"],
  ];
  switch (bank.qr) {
    case "none":
      return "";
    case "thaiSlip":
      return buildEmv(
        [
          [
            "00",
            [
              ["00", "000001"],
              ["01", code],
              ["02", bare],
            ],
          ],
          ["51", "TH"],
        ],
        "91",
      );
    case "vietqr": {
      const target: Element[] = [
        ["00", `970${code}`],
        ["01", digits(10)],
      ];
      const scheme: Element[] = [
        ["00", "A000000727"],
        ["01", target],
        ["02", "QRIBFTTA"],
      ];
      return buildEmv([...start, ["38", scheme], ["53", "704"], ["54", sum], ["58", "VN"], ["62", [["08", bare]]]]);
    }
    case "pix": {
      const scheme: Element[] = [
        ["00", "BR.GOV.BCB.PIX"],
        ["01", digits(11)],
      ];
      const merchant: Element[] = [
        ["59", "RECEBEDOR"],
        ["60", "SAO PAULO"],
      ];
      return buildEmv([
        ["00", "01"],
        ["26", scheme],
        ["52", "0000"],
        ["53", "986"],
        ["54", sum],
        ["58", "BR"],
        ...merchant,
        ["62", [["05", bare]]],
      ]);
    }
    case "paynow": {
      const scheme: Element[] = [
        ["00", "SG.PAYNOW"],
        ["01", "2"],
        ["02", digits(9)],
        ["03", "0"],
      ];
      const rest: Element[] = [
        ["52", "0000"],
        ["53", "702"],
        ["54", sum],
        ["58", "SG"],
        ["59", "NA"],
        ["60", "Singapore"],
        ["62", [["01", bare]]],
      ];
      return buildEmv([...start, ["26", scheme], ...rest]);
    }
    case "qris": {
      const scheme: Element[] = [
        ["00", "ID.CO.QRIS.WWW"],
        ["02", `ID${digits(13)}`],
        ["03", "UMI"],
      ];
      const rest: Element[] = [
        ["52", "0000"],
        ["53", "360"],
        ["54", sum],
        ["58", "ID"],
        ["59", "PENERIMA"],
        ["60", "JAKARTA"],
        ["62", [["05", bare]]],
      ];
      return buildEmv([...start, ["51", scheme], ...rest]);
    }
    case "upi":
      return `upi://pay?pa=${digits(10)}@example&tr=${bare}&am=${sum}&cu=INR`;
  }
}
