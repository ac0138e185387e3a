import type { LanguageName } from "../slips/languages/index.ts";

/** What an app that shows no slip says, in one language; names and notes come from the slips' languages. */
export interface Words {
  /** Sentences of a chat. */
  readonly says: readonly string[];
  /** Lines of settings and menus. */
  readonly settings: readonly string[];
  /** What is bought: categories and goods. */
  readonly goods: readonly string[];
  /** Tabs, titles and buttons, each a word or two. */
  readonly tabs: readonly string[];
}

const list = (text: string) => text.split("|");

export const words: Readonly<Record<LanguageName, Words>> = {
  en: {
    says: list(
      "Are you home yet?|On my way|Did the money arrive?|See you at six|Thanks a lot!|Can you call me later?|I left the keys next door|Which platform?|Sounds good|The bus is late again|Send me the address please|Not today, maybe on Friday|Happy birthday!|I paid the rent yesterday|We are out of milk|Let me check and tell you",
    ),
    settings: list(
      "Notifications|Language|Appearance|Base currency|Default account|Security and PIN|Face unlock|Backup now|Export data|Date format|Daily limit|Help and contact|Privacy|About this app|Sync over Wi-Fi only|Sort by date|Sign out",
    ),
    goods: list(
      "Groceries|Coffee|Restaurant|Clothing|Pharmacy|Car|Going out|Health insurance|Books|Electricity|Train ticket|Garden chair|Desk lamp|Running shoes|Backpack|Headphones|Salary|Gifts|Cinema",
    ),
    tabs: list(
      "Home|Accounts|Search|Transactions|Categories|Budget|Reports|Edit|Save|Filter|All|Income|Expenses|Balance|Add to cart|Settings|Chats",
    ),
  },
  th: {
    says: list(
      "ถึงบ้านหรือยัง|กำลังไปนะ|เงินเข้าแล้วหรือยัง|เจอกันหกโมงเย็น|ขอบคุณมากค่ะ|โทรกลับด้วยนะ|ฝากกุญแจไว้ข้างบ้าน|รถติดมาก|ได้เลย|ส่งที่อยู่ให้หน่อย|วันนี้ไม่ว่าง วันศุกร์ได้ไหม|สุขสันต์วันเกิด|จ่ายค่าเช่าแล้ว|นมหมดแล้ว",
    ),
    settings: list(
      "การแจ้งเตือน|ภาษา|ธีม|สกุลเงินหลัก|บัญชีหลัก|ความปลอดภัย|สแกนใบหน้า|สำรองข้อมูล|ส่งออกข้อมูล|รูปแบบวันที่|วงเงินต่อวัน|ช่วยเหลือ|ความเป็นส่วนตัว|เกี่ยวกับแอป|ออกจากระบบ",
    ),
    goods: list(
      "ของใช้ในบ้าน|กาแฟ|ร้านอาหาร|เสื้อผ้า|ร้านขายยา|รถยนต์|ประกันสุขภาพ|หนังสือ|ค่าไฟฟ้า|ตั๋วรถไฟ|โคมไฟ|รองเท้าวิ่ง|กระเป๋า|หูฟัง|เงินเดือน|ของขวัญ",
    ),
    tabs: list("หน้าหลัก|บัญชี|ค้นหา|รายการ|หมวดหมู่|งบประมาณ|รายงาน|แก้ไข|บันทึก|ตัวกรอง|ทั้งหมด|รายรับ|รายจ่าย|คงเหลือ|ตั้งค่า|แชท"),
  },
  vi: {
    says: list(
      "Về nhà chưa?|Đang trên đường|Tiền đã vào chưa?|Hẹn gặp lúc sáu giờ|Cảm ơn nhiều nhé!|Gọi lại sau nhé|Chìa khóa để bên hàng xóm|Xe buýt lại trễ|Được đó|Gửi mình địa chỉ với|Hôm nay bận, thứ sáu nhé|Chúc mừng sinh nhật!|Đã trả tiền nhà hôm qua|Hết sữa rồi",
    ),
    settings: list(
      "Thông báo|Ngôn ngữ|Giao diện|Tiền tệ chính|Tài khoản mặc định|Bảo mật|Mở khóa khuôn mặt|Sao lưu|Xuất dữ liệu|Định dạng ngày|Hạn mức mỗi ngày|Trợ giúp|Quyền riêng tư|Giới thiệu|Đăng xuất",
    ),
    goods: list(
      "Tạp hóa|Cà phê|Nhà hàng|Quần áo|Nhà thuốc|Xe cộ|Bảo hiểm y tế|Sách|Tiền điện|Vé tàu|Đèn bàn|Giày chạy bộ|Ba lô|Tai nghe|Lương|Quà tặng",
    ),
    tabs: list(
      "Trang chủ|Tài khoản|Tìm kiếm|Giao dịch|Danh mục|Ngân sách|Báo cáo|Sửa|Lưu|Lọc|Tất cả|Thu nhập|Chi tiêu|Số dư|Cài đặt|Trò chuyện",
    ),
  },
  hi: {
    says: list(
      "घर पहुँच गए?|रास्ते में हूँ|पैसे आ गए क्या?|छह बजे मिलते हैं|बहुत धन्यवाद!|बाद में फ़ोन करना|चाबी पड़ोस में है|बस फिर देर से है|ठीक है|पता भेज दो|आज नहीं, शुक्रवार को|जन्मदिन मुबारक!|किराया कल दे दिया|दूध ख़त्म है",
    ),
    settings: list(
      "सूचनाएँ|भाषा|थीम|मुख्य मुद्रा|मुख्य खाता|सुरक्षा|चेहरे से खोलें|बैकअप|डेटा निर्यात|तारीख़ का रूप|रोज़ की सीमा|सहायता|गोपनीयता|ऐप के बारे में|साइन आउट",
    ),
    goods: list("किराना|कॉफ़ी|भोजनालय|कपड़े|दवाई|गाड़ी|स्वास्थ्य बीमा|किताबें|बिजली|रेल टिकट|लैंप|जूते|बैग|हेडफ़ोन|वेतन|उपहार"),
    tabs: list("होम|खाते|खोजें|लेन-देन|श्रेणियाँ|बजट|रिपोर्ट|बदलें|सहेजें|फ़िल्टर|सभी|आय|ख़र्च|शेष|सेटिंग|चैट"),
  },
  pt: {
    says: list(
      "Já chegou em casa?|Estou a caminho|O dinheiro caiu?|Até as seis|Muito obrigada!|Me liga mais tarde|Deixei a chave no vizinho|O ônibus atrasou de novo|Combinado|Manda o endereço|Hoje não, talvez sexta|Feliz aniversário!|Paguei o aluguel ontem|Acabou o leite",
    ),
    settings: list(
      "Notificações|Idioma|Aparência|Moeda principal|Conta padrão|Segurança|Desbloqueio facial|Cópia de segurança|Exportar dados|Formato da data|Limite diário|Ajuda|Privacidade|Sobre o app|Sair",
    ),
    goods: list(
      "Mercado|Café|Restaurante|Roupas|Farmácia|Carro|Plano de saúde|Livros|Energia|Passagem|Luminária|Tênis|Mochila|Fone de ouvido|Salário|Presentes",
    ),
    tabs: list(
      "Início|Contas|Buscar|Transações|Categorias|Orçamento|Relatórios|Editar|Salvar|Filtro|Tudo|Receitas|Despesas|Saldo|Ajustes|Conversas",
    ),
  },
  id: {
    says: list(
      "Sudah sampai rumah?|Di jalan ya|Uangnya sudah masuk?|Ketemu jam enam|Terima kasih banyak!|Telepon nanti ya|Kunci ada di tetangga|Bus telat lagi|Boleh|Kirim alamatnya dong|Hari ini tidak bisa, Jumat saja|Selamat ulang tahun!|Sewa sudah dibayar kemarin|Susu habis",
    ),
    settings: list(
      "Notifikasi|Bahasa|Tampilan|Mata uang utama|Rekening utama|Keamanan|Buka dengan wajah|Cadangkan|Ekspor data|Format tanggal|Batas harian|Bantuan|Privasi|Tentang aplikasi|Keluar",
    ),
    goods: list(
      "Belanja|Kopi|Restoran|Pakaian|Apotek|Mobil|Asuransi|Buku|Listrik|Tiket kereta|Lampu meja|Sepatu lari|Ransel|Earphone|Gaji|Hadiah",
    ),
    tabs: list(
      "Beranda|Rekening|Cari|Transaksi|Kategori|Anggaran|Laporan|Ubah|Simpan|Filter|Semua|Pemasukan|Pengeluaran|Saldo|Pengaturan|Obrolan",
    ),
  },
};
