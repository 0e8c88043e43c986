package ai.kubiya.runner.template.script;

/** Text that nothing runs: values stand in it as they are. */
public final class PlainText implements Script {
    private final StringBuilder out = new StringBuilder();

    @Override
    public void literal(String text) {
        out.append(text);
    }

    @Override
    public void value(Value value) {
        out.append(value.marked());
    }

    @Override
    public String finish() {
        return out.toString();
    }

    @Override
    public int length() {
        return out.length();
    }
}
