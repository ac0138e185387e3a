/** How to get a verdict where no model is loaded. */
export function NoModel() {
  return (
    <section className="no-model">
      <h2>No model is loaded, so there is no verdict</h2>
      <p>Error levels, metadata and tables work without one. For a verdict, make a toy model in a few minutes,</p>
      <pre>
        <code>npm run quickstart</code>
      </pre>
      <p>or train one on your own pictures, then start again with it:</p>
      <pre>
        <code>
          assay train &lt;folder&gt; --recipe ela-resnet50{"\n"}
          assay serve --model runs/&lt;name&gt;/weights/best.onnx
        </code>
      </pre>
    </section>
  );
}
