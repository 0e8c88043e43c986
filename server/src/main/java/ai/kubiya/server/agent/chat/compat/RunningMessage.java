package ai.kubiya.server.agent.chat.compat;

/** A message that is repeated as it grows; one that got long goes on as another. */
final class RunningMessage {
    private final StringBuilder text = new StringBuilder();
    private String messageId = "";
    private int part = 1;

    void add(String id, String more) {
        if (!id.equals(messageId)) {
            messageId = id;
            part = 1;
            text.setLength(0);
        } else if (text.length() + more.length() > TextParts.LONGEST) {
            part++;
            text.setLength(0);
        }
        text.append(more);
    }

    void forget() {
        text.setLength(0);
    }

    String id() {
        return part == 1 ? messageId : messageId + "-" + part;
    }

    String text() {
        return text.toString();
    }
}
