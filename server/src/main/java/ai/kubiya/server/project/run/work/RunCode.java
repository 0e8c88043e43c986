package ai.kubiya.server.project.run.work;

import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.code.CodeFetch;
import ai.kubiya.server.project.code.ModuleCode;
import ai.kubiya.server.project.code.ModuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Brings the code of a run into its folder. */
public final class RunCode {
    private final CodeFetch fetch;

    public RunCode(CodeFetch fetch) {
        this.fetch = fetch;
    }

    /**
     * Code in the folder of a run.
     *
     * @param module the folder to work in, relative to all of the code
     */
    record Here(String module, String branch, String commit, ModuleCode code) {
        /** Why the code must not be run: a module of it is elsewhere on this machine. */
        Optional<String> outside() {
            return ModuleReader.outside(code);
        }
    }

    Here bring(Project project, String revision, Path folder) throws IOException {
        return moved(fetch.fetch(project.definition().code(), revision), folder);
    }

    /** Exactly the code of an earlier time. */
    Here bringAgain(Project project, String branch, String commit, Path folder) throws IOException {
        return moved(fetch.fetchCommit(project.definition().code(), branch, commit), folder);
    }

    private static Here moved(CodeFetch.Fetched fetched, Path folder) throws IOException {
        try {
            String module = fetched.repository().relativize(fetched.module()).toString();
            ModuleCode code = fetched.read();
            Files.move(fetched.repository(), folder.resolve("code"));
            return new Here(module, fetched.branch(), fetched.commit(), code);
        } catch (IOException | RuntimeException e) {
            fetched.close();
            throw e;
        }
    }
}
