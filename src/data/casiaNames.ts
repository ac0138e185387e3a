/**
 * The pictures of CASIA v1 and v2 that a file was made of, from its name (Dong, Wang and Tan, 2013):
 * `Au_ani_0001` is `ani0001`; `Sp_D_NRN_A_ani0049_cha0023_0266` and `Tp_…` were made of target and source.
 * Copy-moves name the same picture twice. undefined where the name is none of CASIA's.
 */
export function casiaSources(path: string): readonly [string, ...string[]] | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const authentic = /^Au_([a-z]{3})_?(\d+)\.\w+$/i.exec(name);
  if (authentic !== null) return [key(authentic[1]!, authentic[2]!)];
  const tampered = /^[ST]p_.+_([a-z]{3})(\d+)_([a-z]{3})(\d+)[._]\d+\.\w+$/i.exec(name);
  if (tampered === null) return undefined;
  const [, target, targetNumber, source, sourceNumber] = tampered;
  return [key(target!, targetNumber!), key(source!, sourceNumber!)];
}

/** CASIA v1 writes one scene both `sec` and `Sec`, `0001` and `00001`. */
const key = (category: string, digits: string) =>
  `${category.toLowerCase()}${digits.replace(/^0+/, "").padStart(4, "0")}`;
