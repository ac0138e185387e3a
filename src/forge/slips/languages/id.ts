import type { Language } from "./language.ts";

export const id: Language = {
  labels: {
    amount: ["Jumlah", "Nominal", "Total transfer"],
    recipient: ["Penerima", "Ke", "Nama penerima"],
    recipientAccount: ["Rekening tujuan", "No. rekening", "Ke rekening"],
    sender: ["Pengirim", "Dari", "Nama pengirim"],
    senderAccount: ["Rekening sumber", "Sumber dana", "Dari rekening"],
    date: ["Tanggal", "Waktu transaksi", "Tanggal & jam"],
    reference: ["No. referensi", "ID transaksi", "Nomor transaksi"],
    fee: ["Biaya admin", "Biaya"],
    note: ["Catatan", "Berita", "Keterangan"],
  },
  titles: ["Transfer berhasil", "Transaksi berhasil", "Uang terkirim"],
  buttons: [["Selesai"], ["Bagikan", "Selesai"], ["Simpan bukti", "Bagikan"], ["Kembali ke beranda"]],
  scan: ["Pindai untuk cek bukti", "Kode transaksi", "Cek transaksi"],
  steps: ["Dikirim", "Diproses", "Diterima"],
  footers: ["Simpan bukti transaksi ini.", "Berizin dan diawasi", "Layanan nasabah 24 jam"],
  promos: [
    ["Ajak teman", "Kalian berdua gratis biaya transfer"],
    ["Nabung otomatis", "Bulatkan setiap pembayaran"],
    ["Asuransi perjalanan", "Mulai Rp 9.000 per hari"],
    ["Patungan", "Tagih sampai sepuluh teman"],
    ["Isi pulsa", "Diskon 5 % hari ini"],
  ],
  notes:
    "Sewa kos|Makan siang|Terima kasih|Belanja|Uang muka|Uang sekolah|Kado|Servis motor|Tiket|Pesanan 8817|Listrik|Air|Cicilan|Tabungan".split(
      "|",
    ),
  givenNames: "Budi,Sari,Dewi,Agus,Putri,Rizky,Wulan,Bambang,Ayu,Fajar,Ratna,Hendra,Indah,Yusuf,Lestari".split(","),
  familyNames:
    "Santoso,Wijaya,Pratama,Hidayat,Nugroho,Siregar,Kusuma,Permata,Saputra,Rahayu,Simanjuntak,Utami,Halim,Gunawan".split(
      ",",
    ),
  nameOrder: "givenFirst",
  otherBanks: ["Bank Merapi", "Nusa Raya", "Bank Kapuas", "Dana Rimba", "Bank Selayar"],
  months: "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(" "),
};
