package ai.kubiya.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives test methods what they ask for by parameter: {@link ApiClient}, the administrator of an organisation that this
 * test has for itself; {@link TestServer}, the server; {@link GitServer}, a git host.
 *
 * <p>Servers are shared by all test classes with the same settings. A test that stops its server, or changes what other
 * organisations see, starts one of its own with {@link TestServer#builder}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServerExtension.class)
public @interface ServerTest {
    /** Each of the form {@code KUBIYA_X=value}. */
    String[] settings() default {};
}
