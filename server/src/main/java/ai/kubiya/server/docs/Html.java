package ai.kubiya.server.docs;

/** Text in HTML. */
final class Html {
    private Html() {}

    /** For text and for values of attributes in quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }
}
