/**
 * Minutes between two checkpoints within an epoch, where the user says nothing: what a crash costs at most. ResNet-50
 * with Adam writes 289 MB: .7 s of every five minutes (docs/results/engine.md).
 */
export const checkpointMinutes = 5;
