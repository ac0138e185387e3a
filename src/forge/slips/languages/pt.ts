import type { Language } from "./language.ts";

export const pt: Language = {
  labels: {
    amount: ["Valor", "Valor enviado", "Total"],
    recipient: ["Para", "Destinatário", "Quem recebeu"],
    recipientAccount: ["Conta", "Chave", "Conta de destino"],
    sender: ["De", "Pagador", "Quem pagou"],
    senderAccount: ["Conta de origem", "Debitado de", "Conta do pagador"],
    date: ["Data", "Data e hora", "Realizado em"],
    reference: ["ID da transação", "Código", "Autenticação"],
    fee: ["Tarifa", "Taxa"],
    note: ["Descrição", "Mensagem", "Observação"],
  },
  titles: ["Transferência realizada", "Pix enviado", "Comprovante de transferência", "Pagamento concluído"],
  buttons: [["Concluir"], ["Compartilhar", "Concluir"], ["Salvar", "Compartilhar"], ["Voltar ao início"]],
  scan: ["Escaneie para conferir", "Código do comprovante", "Conferir comprovante"],
  steps: ["Enviado", "Em análise", "Recebido"],
  footers: ["Guarde este comprovante.", "Ouvidoria: todos os dias, 24 horas", "Instituição de pagamento"],
  promos: [
    ["Convide um amigo", "Vocês dois ganham R$ 20"],
    ["Guarde o troco", "Arredonde cada pagamento"],
    ["Seguro viagem", "A partir de R$ 4,90 por dia"],
    ["Divida a conta", "Peça a até dez amigos"],
    ["Rende 110 % do CDI", "Abra no aplicativo"],
  ],
  notes:
    "Aluguel|Almoço|Obrigada!|Mercado|Depósito|Mensalidade|Presente|Conserto do carro|Ingressos|Pedido 8817|Conta de luz|Água|Empréstimo|Poupança|Pão e café".split(
      "|",
    ),
  givenNames:
    "João,Ana Luíza,Márcia,José,Conceição,Antônio,Letícia,Thiago,Débora,Renan,Júlia,Flávio,Mônica,Caio,Beatriz".split(
      ",",
    ),
  familyNames:
    "da Silva,Gonçalves,Araújo,Costa,Assunção,Pereira,Simões,Oliveira,Brandão,Nóbrega,Magalhães,Teles,Leitão,Farias".split(
      ",",
    ),
  nameOrder: "givenFirst",
  otherBanks: ["Banco Ipezal", "Serrana", "Caixa do Vale", "Banco Jurema", "PagAqui"],
  months: "jan fev mar abr mai jun jul ago set out nov dez".split(" "),
};
