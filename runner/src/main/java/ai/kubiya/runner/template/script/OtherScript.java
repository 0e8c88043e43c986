package ai.kubiya.runner.template.script;

/** A script in a language whose syntax we do not follow: only plain values can be written into it. */
public final class OtherScript implements Script {
    private final StringBuilder out = new StringBuilder();

    @Override
    public void literal(String text) {
        out.append(text);
    }

    @Override
    public void value(Value value) throws Refused {
        String text = value.text();
        if (!Plain.is(text)) {
            throw new Refused("the value has characters that could be code in this script's language;"
                    + " read the environment variable instead");
        }
        out.append(text);
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
