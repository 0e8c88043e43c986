package ai.kubiya.runner.template.script;

/** Text that nothing runs: values stand in it as they are. It ends at a length, whatever comes. */
public final class PlainText implements Script {
    private final StringBuilder out = new StringBuilder();
    private final int longest;

    public PlainText(int longest) {
        this.longest = longest;
    }

    @Override
    public void literal(String text) {
        append(text);
    }

    @Override
    public void value(Value value) {
        append(value.marked());
    }

    private void append(String text) {
        out.append(text, 0, Math.min(text.length(), longest - out.length()));
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
