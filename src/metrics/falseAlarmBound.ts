/**
 * The highest false-alarm rate that `alarms` in `n` genuine pictures leave possible, at 95 %: the one-sided bound of
 * Clopper and Pearson (1934), exact. The p at which so few alarms have a chance of 5 %: P(X <= alarms | n, p) = .05.
 * 0 alarms in 299 prove at most 1 %, in 2,995 at most .1 %. 1 where nothing was counted.
 */
export function falseAlarmBound(alarms: number, n: number, confidence = 0.95): number {
  if (alarms >= n) return 1;
  let [low, high] = [alarms / n, 1];
  // 60 halvings are below the last bit of a double.
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(alarms, n, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Genuine pictures that prove a false-alarm rate of at most `rate` where not one of them is an alarm: the smallest n with
 * (1 - rate)^n <= .05. 299 for 1 %, 2,995 for .1 %; undefined for a rate of 0, which no count proves.
 */
export function genuineToProve(rate: number, confidence = 0.95): number | undefined {
  if (rate <= 0) return undefined;
  return Math.max(1, Math.ceil(Math.log(1 - confidence) / Math.log1p(-Math.min(rate, 1)) - 1e-9));
}

/** P(X <= k) of a binomial, each term from the one before in logarithms, so that nothing underflows. */
function chanceOfAtMost(k: number, n: number, p: number): number {
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let i = 1; i <= k; i++) {
    term += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(term);
  }
  return sum;
}
