import fc from "fast-check";

/**
 * Property tests draw the same cases every time, so that a red run means a change and not a draw;
 * `PROPERTY_SEED=<any integer>` looks elsewhere.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_121) });

export default fc;
