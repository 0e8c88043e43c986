package ai.kubiya.sdk.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the generated files of the SDKs: {@code Main ROOT} those of JavaScript and Python, which are kept in the
 * repository because nothing builds them; {@code Main ROOT FOLDER} those of Java, as a part of its build.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        boolean java = arguments.length > 1;
        Path folder = java ? Path.of(arguments[1]) : root;
        Map<String, String> files =
                java ? new JavaWriter(Api.read(root.resolve("api/openapi.yaml"))).sources() : files(root);
        for (var file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /** Content by path below the root. */
    static Map<String, String> files(Path root) throws IOException {
        Api api = Api.read(root.resolve("api/openapi.yaml"));
        Map<String, String> files = new LinkedHashMap<>();
        String operations = new JavaScriptWriter(api).operations();
        String runtime = Files.readString(root.resolve("sdk/javascript/src/runtime.js"));
        files.put("sdk/javascript/src/operations.js", operations);
        files.put("sdk/javascript/index.cjs", JavaScriptWriter.commonJs(operations, runtime));
        files.put("sdk/javascript/index.d.ts", new TypeScriptWriter(api).declarations());
        files.put("sdk/python/src/kubiya/types.py", new PythonTypes(api).module());
        files.put("sdk/python/src/kubiya/resources.py", new PythonWriter(api).module());
        return files;
    }
}
