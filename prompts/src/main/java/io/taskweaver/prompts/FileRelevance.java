package io.taskweaver.prompts;

import io.taskweaver.model.Contract;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Task;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Judges how much a task needs a file that is at hand. */
final class FileRelevance {
    private static final Set<String> PROJECT_FILES = Set.of(
            "readme.md",
            "structure.md",
            "contributing.md",
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "package.json",
            "pyproject.toml",
            "cargo.toml",
            "go.mod",
            "makefile");

    private final Set<String> expected;
    private final Set<String> folders = new HashSet<>();
    private final String words;

    FileRelevance(IsolatedContext context) {
        Task task = context.task();
        expected = Set.copyOf(task.expectedFiles());
        expected.forEach(path -> folders.add(folder(path)));
        context.contracts().stream()
                .filter(contract ->
                        task.component().filter(contract.component()::equals).isPresent())
                .flatMap(contract -> contract.files().stream())
                .map(Contract.Artifact::path)
                .forEach(path -> folders.add(folder(path)));
        folders.remove("");
        words = task.title() + "\n" + task.description() + "\n" + String.join("\n", task.acceptanceCriteria());
    }

    QueryPart.Use of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (expected.contains(path)) return QueryPart.Use.EXPECTED_FILE;
        if (words.contains(path) || (name.length() > 3 && words.contains(name))) return QueryPart.Use.MENTIONED_FILE;
        if (folders.contains(folder(path))) return QueryPart.Use.NEIGHBOUR_FILE;
        if (PROJECT_FILES.contains(name.toLowerCase(Locale.ROOT))) return QueryPart.Use.PROJECT_FILE;
        return QueryPart.Use.OTHER_FILE;
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
