import type { GuideText } from "./guides.ts";

export function Guide({ look, ignore, fails }: GuideText) {
  return (
    <dl className="guide">
      <div>
        <dt>Look at</dt>
        <dd>{look}</dd>
      </div>
      <div>
        <dt>Ignore</dt>
        <dd>{ignore}</dd>
      </div>
      <div>
        <dt>It fails when</dt>
        <dd>{fails}</dd>
      </div>
    </dl>
  );
}
