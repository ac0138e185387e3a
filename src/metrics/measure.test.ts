import { describe, expect, it } from "vitest";
import { logits, scores } from "../../test/golden/metrics/madeUpScores.ts";
import { isDefined } from "../core/estimate.ts";
import { createRng } from "../core/rng.ts";
import { groupBootstrap } from "./bootstrap.ts";
import { fitTemperature } from "./calibration.ts";
import { rocAuc } from "./curves.ts";
import { measure, metricNames } from "./measure.ts";
import { chooseThresholds } from "./operatingPoint.ts";
import { scoresOf } from "./scores.ts";

function madeUp(n: number, groupSize: number) {
  const rng = createRng("made up");
  const labels = Uint8Array.from({ length: n }, () => (rng.chance(0.3) ? 1 : 0));
  const probabilities = Array.from(labels, (label) =>
    Math.min(1, Math.max(0, 0.4 + 0.25 * label + 0.2 * rng.normal())),
  );
  const groups = Array.from(labels, (_, i) => `g${Math.floor(i / groupSize)}`);
  return { labels, probabilities, groups };
}

describe("measure", () => {
  const { labels, probabilities, groups } = madeUp(300, 2);
  const test = scores("test", labels, probabilities, groups);

  it("measures 300 pictures with 1000 resamples in under a second of the processor", () => {
    const start = process.cpuUsage();
    const { metrics } = measure(test, { threshold: 0.5, rng: createRng(1) });
    expect(process.cpuUsage(start).user).toBeLessThan(1e6);
    for (const name of metricNames) {
      const estimate = metrics[name];
      if (!isDefined(estimate)) throw new Error(`${name}: ${estimate.undefinedBecause}`);
      expect(estimate.low).toBeLessThanOrEqual(estimate.value);
      // Averages over bins are biased upwards in resamples, so ece may lie below its own interval's middle.
      if (name !== "ece") expect(estimate.high).toBeGreaterThanOrEqual(estimate.value);
    }
  });

  it("gives the same intervals twice, and others with another seed", () => {
    const once = measure(test, { threshold: 0.5, rng: createRng(1), replicates: 100 });
    expect(measure(test, { threshold: 0.5, rng: createRng(1), replicates: 100 })).toEqual(once);
    expect(measure(test, { threshold: 0.5, rng: createRng(2), replicates: 100 })).not.toEqual(once);
  });

  it("says what precision and recall rest on", () => {
    const { metrics, confusionMatrix } = measure(test, { threshold: 0.5, rng: createRng(1), replicates: 50 });
    const [[, fp], [fn, tp]] = confusionMatrix;
    expect(metrics.precision).toMatchObject({ n: fp + tp });
    expect(metrics.recall).toMatchObject({ n: fn + tp });
    expect(metrics.accuracy).toMatchObject({ n: 300 });
  });

  it.each([
    ["no pictures", [], []],
    ["one picture", [1], [0.7]],
    ["only real ones", [0, 0, 0], [0.1, 0.6, 0.3]],
    ["only fakes", [1, 1, 1], [0.1, 0.6, 0.3]],
    ["one of each", [0, 1], [0.3, 0.3]],
    ["constant scores", [0, 1, 0, 1, 0, 1, 0, 1], [0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4]],
    ["certain and wrong", [0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]],
  ])("never answers NaN or infinity: %s", (_, labels, probabilities) => {
    const { metrics } = measure(scores("test", labels, probabilities), {
      threshold: 0.5,
      rng: createRng(1),
      replicates: 200,
    });
    for (const [name, estimate] of Object.entries(metrics)) {
      if (isDefined(estimate)) {
        expect([estimate.value, estimate.low, estimate.high, estimate.n].every(Number.isFinite), name).toBe(true);
      } else expect(estimate.undefinedBecause, name).toMatch(/\w+ \w+/);
    }
  });

  it("does not claim certainty from a perfect score", () => {
    const perfect = scores("test", [0, 0, 0, 0, 1, 1, 1, 1], [0.1, 0.2, 0.1, 0.2, 0.8, 0.9, 0.8, 0.9]);
    const { metrics } = measure(perfect, { threshold: 0.5, rng: createRng(1), replicates: 200 });
    for (const name of ["accuracy", "rocAuc", "recall", "precision"] as const) {
      expect(metrics[name]).toMatchObject({ value: 1, high: 1 });
      expect("low" in metrics[name] && metrics[name].low).toBeCloseTo(0.5101, 3); // Wilson's 4 of 4
    }
  });
});

describe("groupBootstrap", () => {
  it("is wider where pictures share groups", () => {
    const { labels, probabilities } = madeUp(200, 1);
    const width = (size: number) => {
      // Copies of a picture carry no new information: the interval must not shrink.
      const repeat = <T>(list: ArrayLike<T>) => Array.from(list).flatMap((x) => Array<T>(size).fill(x));
      const groups = repeat(Array.from(labels, (_, i) => `g${i}`));
      const all = scores("test", repeat(labels), repeat(probabilities), groups);
      const { auc } = groupBootstrap(all, (s) => ({ auc: rocAuc(s) }), { rng: createRng(3), replicates: 400 });
      return isDefined(auc) ? auc.high - auc.low : 0;
    };
    expect(width(4)).toBeCloseTo(width(1), 10);
  });

  it("covers the truth about 95 times in 100", () => {
    const rng = createRng("coverage");
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const flips = Array.from({ length: 80 }, () => (rng.chance(0.7) ? 1 : 0));
      const drawn = scores("test", flips, flips);
      const { share } = groupBootstrap(
        drawn,
        (s) => ({ share: s.labels.reduce((a, y, i) => a + y * s.weights[i]!, 0) / 80 }),
        {
          rng: rng.fork(String(trial)),
          replicates: 300,
        },
      );
      if (isDefined(share) && share.low <= 0.7 && 0.7 <= share.high) covered++;
    }
    expect(covered).toBeGreaterThan(180);
    expect(covered).toBeLessThan(199);
  });

  it("says that one group, or one fake among many, gives no interval", () => {
    const one = scores("test", [0, 1, 0, 1], [0.1, 0.9, 0.2, 0.8], ["a", "a", "a", "a"]);
    const lone = scores("test", [1, ...Array(30).fill(0)], [0.9, ...Array(30).fill(0.1)]);
    const auc = (s: typeof one) => groupBootstrap(s, (r) => ({ auc: rocAuc(r) }), { rng: createRng(1) }).auc;
    expect(auc(one)).toEqual({ undefinedBecause: "all pictures come from one group, which gives no interval" });
    expect(auc(lone)).toEqual({ undefinedBecause: expect.stringMatching(/^only 6\d\d of 1000 resamples/) });
  });
});

describe("chooseThresholds", () => {
  const rng = createRng("thresholds");
  const labels = Array.from({ length: 400 }, (_, i) => i % 2);
  const probabilities = labels.map((y) => Math.round(100 * (0.3 * y + 0.7 * rng.uniform())) / 100);
  const validation = scores("validation", labels, probabilities);
  const share = (label: number, test: (p: number) => boolean) =>
    probabilities.filter((p, i) => labels[i] === label && test(p)).length / 200;
  const candidates = [...new Set(probabilities)].sort((a, b) => a - b);

  it.each([0, 0.01, 0.05, 0.29, 1])("fake is the lowest score that keeps the false-alarm rate: %f", (maxFpr) => {
    const { fake } = chooseThresholds(validation, { maxFpr });
    const lowest = candidates.find((t) => share(0, (p) => p >= t) <= maxFpr)!;
    expect(fake.threshold).toBe(lowest);
    expect(fake.falseAlarmRate).toMatchObject({ value: share(0, (p) => p >= lowest), n: 200 });
  });

  it("real is the highest score that misses few fakes, capped at fake", () => {
    const { real } = chooseThresholds(validation);
    const highest = candidates.findLast((t) => share(1, (p) => p < t) <= 0.05)!;
    expect(real.threshold).toBe(highest);
    expect(real.missRate).toMatchObject({ value: share(1, (p) => p < highest), n: 200 });
    const capped = chooseThresholds(validation, { maxFpr: 1 });
    expect(capped.real.threshold).toBe(capped.fake.threshold);
  });

  it("real: raised until no more than the asked share of genuine pictures lies between", () => {
    for (const maxInconclusive of [0, 0.05, 0.1, 0.3]) {
      const { real, fake } = chooseThresholds(validation, { maxInconclusive });
      const genuine = validation.probabilities.filter((_, i) => validation.labels[i] === 0);
      const between = genuine.filter((p) => p >= real.threshold && p < fake.threshold).length / genuine.length;
      expect(between).toBeLessThanOrEqual(maxInconclusive);
      expect(real.threshold).toBeGreaterThanOrEqual(chooseThresholds(validation).real.threshold);
      expect(real.threshold).toBeLessThanOrEqual(fake.threshold);
    }
    const wide = chooseThresholds(validation, { maxInconclusive: 1 });
    expect(wide).toEqual(chooseThresholds(validation));
  });

  it("bestAccuracy is the best of all", () => {
    const { bestAccuracy } = chooseThresholds(validation);
    const right = (t: number) => (share(0, (p) => p < t) + share(1, (p) => p >= t)) / 2;
    expect(bestAccuracy.accuracy).toMatchObject({ value: Math.max(...candidates.map(right)), n: 400 });
  });

  it("calls nothing fake where genuine pictures score highest", () => {
    const { fake } = chooseThresholds(scores("validation", [0, 1, 0, 1], [0.9, 0.5, 0.1, 0.4]));
    expect(fake.threshold).toBeGreaterThan(0.9);
    expect(fake.threshold).toBeLessThan(0.9001);
    expect(fake).toMatchObject({ falseAlarmRate: { value: 0 }, missRate: { value: 1 } });
  });

  it("asks for both classes", () => {
    expect(() => chooseThresholds(scores("validation", [0, 0], [0.1, 0.2]))).toThrow(/2 real and 0 fake.*Add pictures/);
  });
});

describe("what the compiler refuses", () => {
  const test = scores("test", [0, 1], [0.1, 0.9]);
  const unsplit = scoresOf([], []);

  it("a threshold search or a calibration on another part", () => {
    const refused = [
      // @ts-expect-error test scores in a threshold search
      () => chooseThresholds(test),
      // @ts-expect-error an unsplit list in a threshold search
      () => chooseThresholds(unsplit),
      // @ts-expect-error scores that no split vouches for
      () => chooseThresholds({ labels: test.labels, probabilities: test.probabilities, groups: test.groups }),
      // @ts-expect-error test logits in the calibration
      () => fitTemperature(logits("test", [0, 1], [-1, 1])),
    ];
    expect(refused.length).toBe(4);
    chooseThresholds(scores("validation", [0, 1], [0.3, 0.7]));
  });

  it("and what the run refuses: wrong counts and numbers that are no probabilities", () => {
    expect(() => scores("test", [0, 1], [0.5])).toThrow(/2 samples need as many scores, not 1/);
    expect(() => scores("test", [0, 1], [0.5, Number.NaN])).toThrow(/sample 1/);
    expect(() => logits("test", [0], [Number.POSITIVE_INFINITY])).toThrow(/sample 0/);
  });
});
