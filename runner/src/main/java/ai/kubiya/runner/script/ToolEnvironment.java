package ai.kubiya.runner.script;

import ai.kubiya.protocol.ToolRun;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables of a run: what the tool declares, its arguments each under its own name, its secrets.
 *
 * @param refused names of arguments that cannot be environment variables
 */
public record ToolEnvironment(Map<String, String> variables, List<String> refused) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    // Arguments come from whoever calls a tool. These names would let the caller change what the tool's programs do.
    private static final Set<String> STEERING = Set.of(
            "PATH",
            "HOME",
            "IFS",
            "ENV",
            "BASH_ENV",
            "SHELLOPTS",
            "BASHOPTS",
            "PS4",
            "PROMPT_COMMAND",
            "CDPATH",
            "GLOBIGNORE",
            "SHELL",
            "EDITOR",
            "VISUAL",
            "PAGER",
            "BROWSER",
            "LESSOPEN",
            "LESSCLOSE",
            "TMPDIR",
            "NODE_OPTIONS",
            "NODE_PATH",
            "NODE_EXTRA_CA_CERTS",
            "PERL5OPT",
            "PERL5LIB",
            "PERLLIB",
            "PERL5DB",
            "RUBYOPT",
            "RUBYLIB",
            "JAVA_TOOL_OPTIONS",
            "_JAVA_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "CLASSPATH",
            "LUA_INIT",
            "LUA_PATH",
            "LUA_CPATH",
            "PHPRC",
            "PHP_INI_SCAN_DIR",
            "GOFLAGS",
            "GCONV_PATH",
            "LOCPATH",
            "NLSPATH",
            "HOSTALIASES",
            "RESOLV_HOST_CONF",
            "KUBECONFIG",
            "DOCKER_HOST",
            "CURL_HOME",
            "WGETRC",
            "OPENSSL_CONF",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "SSH_ASKPASS",
            "SUDO_ASKPASS",
            "RSYNC_RSH");
    private static final List<String> STEERING_PREFIXES =
            List.of("LD_", "DYLD_", "GIT_", "PYTHON", "BASH_", "NPM_CONFIG_", "npm_config_", "PIP_", "KUBIYA_");

    public static ToolEnvironment of(ToolRun run) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        putValid(run.environment(), variables);
        run.arguments().forEach((name, value) -> {
            if (NAME.matcher(name).matches() && !steers(name) && isValue(value)) {
                variables.put(name, text(value));
            } else {
                refused.add(name);
            }
        });
        putValid(run.secrets(), variables);
        return new ToolEnvironment(variables, refused);
    }

    private static void putValid(Map<String, String> from, Map<String, String> to) {
        from.forEach((name, value) -> {
            // Such a variable cannot exist: the kernel takes texts that end at NUL.
            if (!name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0 && value.indexOf('\0') < 0) {
                to.put(name, value);
            }
        });
    }

    private static boolean steers(String name) {
        return STEERING.contains(name) || STEERING_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static boolean isValue(JsonNode value) {
        return text(value).indexOf('\0') < 0;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** Never prints values: some are secrets. */
    @Override
    public String toString() {
        return "ToolEnvironment" + variables.keySet();
    }
}
