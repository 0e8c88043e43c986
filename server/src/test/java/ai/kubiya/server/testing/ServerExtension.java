package ai.kubiya.server.testing;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps the servers of {@link ServerTest}: one for each set of settings, closed after the last test. */
final class ServerExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ServerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestServer.class || type == ApiClient.class || type == GitServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == GitServer.class) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent("git", _ -> GitServer.start(), GitServer.class);
        }
        TestServer server = server(context);
        return type == TestServer.class
                ? server
                : context.getStore(NAMESPACE).computeIfAbsent("client", _ -> server.newOrganization(), ApiClient.class);
    }

    private static TestServer server(ExtensionContext context) {
        ServerTest wanted = context.getRequiredTestClass().getAnnotation(ServerTest.class);
        List<String> settings = Arrays.stream(wanted.settings()).sorted().toList();
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(settings, _ -> start(settings), TestServer.class);
    }

    private static TestServer start(List<String> settings) {
        TestServer.Builder builder = TestServer.builder();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            builder.withSetting(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return builder.start();
    }
}
