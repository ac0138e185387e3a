import type { Language } from "./language.ts";

export const en: Language = {
  labels: {
    amount: ["Amount", "Total amount", "You sent"],
    recipient: ["To", "Recipient", "Paid to"],
    recipientAccount: ["Account", "To account", "Account no."],
    sender: ["From", "Sender", "Paid by"],
    senderAccount: ["From account", "Source account", "Debited from"],
    date: ["Date", "Date & time", "Completed"],
    reference: ["Reference", "Ref. no.", "Transaction ID"],
    fee: ["Fee", "Transfer fee", "Charges"],
    note: ["Note", "Message", "Memo"],
  },
  titles: ["Transfer successful", "Money sent", "Payment complete", "Transfer completed"],
  buttons: [["Done"], ["Share", "Done"], ["Save slip", "Share"], ["Back to home"]],
  scan: ["Scan to verify", "Verify this slip", "Slip code"],
  steps: ["Sent", "In clearing", "Received"],
  footers: [
    "Keep this slip for your records.",
    "Member of the deposit guarantee scheme",
    "Questions? Call us day and night.",
  ],
  promos: [
    ["Invite a friend", "You both get a free month of transfers"],
    ["Save as you spend", "Round up every payment from today"],
    ["Travel insurance in two minutes", "From 1.90 a day, no paperwork"],
    ["Split the bill", "Ask up to ten friends at once"],
    ["New: savings at 3.1 %", "Open one in the app"],
    ["Pay at the counter", "Scan any code to pay"],
    ["Was this transfer easy?", "Tell us how we did"],
  ],
  notes:
    "Rent|Lunch|Invoice 2041|Thank you|Groceries|Deposit|School fees|Gift|Car repair|Tickets|Order 8817|Phone bill|Water bill|Loan payment|Transfer|Savings".split(
      "|",
    ),
  givenNames:
    "Anong Somchai Mali Niran Lucia Marco Elena Jonas Priya Arjun Kavya Rohan Minh Linh Thao Duc Maria Jose Carmen Diego Ayu Budi Sari Dewi Grace Daniel Sofia Peter Hannah Victor Nadia Omar Chloe Samuel Irene Felix".split(
      " ",
    ),
  familyNames:
    "Srisai Wongsa Chanthara Rossi Moreau Keller Novak Sharma Iyer Mehta Nguyen Pham Tran Santos Reyes Cruz Garcia Wijaya Santoso Lestari Tan Lim Wong Miller Carter Bennett Silva Costa Almeida Haddad Fischer Lindgren".split(
      " ",
    ),
  nameOrder: "givenFirst",
  otherBanks: [
    "Amberway",
    "Northlake Bank",
    "Verdia",
    "Luntian Pay",
    "Harbour & Co",
    "Merapi Digital",
    "Cordia Bank",
    "Bluefin",
  ],
  months: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
};
