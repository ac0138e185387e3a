/** The operators: one file each, its forward part beside its gradient. To add one: a file, and a line here. */
export { add, div, mul, neg, sub } from "./arithmetic.ts";
export { globalAveragePool } from "./averagePool.ts";
export { batchNormalization, channelMoments, frozenBatchNormalization } from "./batchNormalization.ts";
export { concat } from "./concat.ts";
export { conv } from "./convolution/conv.ts";
export { dropout } from "./dropout.ts";
export { exp, log } from "./exponential.ts";
export { logSoftmax } from "./logSoftmax.ts";
export { dense, matMul } from "./matMul.ts";
export { maxPool } from "./maxPool.ts";
export { reduceMean, reduceSum } from "./reduce.ts";
export { relu } from "./relu.ts";
export { flatten, reshape } from "./reshape.ts";
export { sigmoid } from "./sigmoid.ts";
export { softplus } from "./softplus.ts";
export { subsample } from "./subsample.ts";
export { transpose } from "./transpose.ts";
