/** What answers score that look at no picture: always the share of fakes as the probability, and always "real". */
export interface Baselines {
  /** Of the pictures, weighted where a prevalence was asked for; 0..1. */
  readonly shareOfFakes: number;
  /** Of always answering "real". */
  readonly accuracy: number;
  /** Average precision of any order that knows nothing: the share of fakes. */
  readonly prAuc: number;
  /** Of always the share p: -p ln p - (1 - p) ln(1 - p), in nats. */
  readonly loss: number;
  /** p (1 - p) */
  readonly brier: number;
  /** 0: the answer is right on average, and says nothing of any picture. */
  readonly ece: number;
}

export function baselinesAt(shareOfFakes: number): Baselines {
  const term = (p: number) => (p === 0 ? 0 : -p * Math.log(p));
  return {
    shareOfFakes,
    accuracy: 1 - shareOfFakes,
    prAuc: shareOfFakes,
    loss: term(shareOfFakes) + term(1 - shareOfFakes),
    brier: shareOfFakes * (1 - shareOfFakes),
    ece: 0,
  };
}
