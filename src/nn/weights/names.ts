/** Tensors of our own head, which no other library's file has. */
export const isHead = (name: string): boolean => name.startsWith("head.");

/** The first convolution of every network of ours that has one, as in torchvision. */
export const firstConvolution = "conv1.weight";

/**
 * What torchvision's and timm's files hold beside the weights that we take: PyTorch's counters of batches, and the
 * classifier of a thousand ImageNet classes, instead of which our head stands.
 */
export const isLeftOut = (name: string): boolean => /(^|\.)num_batches_tracked$|^fc\.(weight|bias)$/.test(name);
