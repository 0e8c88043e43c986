package ai.kubiya.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log: standard error, as text for people or JSON for machines. Standard output is for answers to commands. */
final class Logging {
    // Logs a failed start with a stack trace before we can say in a sentence what to do. Loggers are held weakly.
    private static final java.util.logging.Logger START =
            java.util.logging.Logger.getLogger("io.helidon.webserver.LoomServer");

    private Logging() {}

    static void configure(String format, String level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        // The web server's library logs through the JDK; what it says at start is of no use to an operator.
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        START.setLevel(java.util.logging.Level.OFF);
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(format, context));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.WARN);
        context.getLogger("ai.kubiya").setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT)));
    }

    private static Encoder<ILoggingEvent> encoder(String format, LoggerContext context) {
        if (format.equals("json")) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%ex{short}");
        text.start();
        return text;
    }
}
