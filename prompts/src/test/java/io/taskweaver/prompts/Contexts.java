package io.taskweaver.prompts;

import io.taskweaver.model.Contract;
import io.taskweaver.model.Contract.Artifact;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Neighbourhood.Dependent;
import io.taskweaver.model.Neighbourhood.Foundation;
import io.taskweaver.model.Neighbourhood.Later;
import io.taskweaver.model.Neighbourhood.Sibling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Contexts for tests. */
final class Contexts {
    static final String INTERFACE = "package app.shortener;\n\npublic interface Shortener {\n    void shorten();\n}\n";
    static final String INTERFACE_PATH = "src/main/java/app/shortener/Shortener.java";
    static final Contract OWN = new Contract(
            "Shortener",
            1,
            List.of(
                    new Artifact(Contract.Kind.INTERFACE, INTERFACE_PATH, "text/x-java", INTERFACE),
                    new Artifact(
                            Contract.Kind.MOCK,
                            "src/main/java/app/shortener/MockShortener.java",
                            "text/x-java",
                            "mock"),
                    new Artifact(Contract.Kind.API, "contracts/shortener/api.yaml", "application/yaml", "api: x\n")));
    static final Contract USED = new Contract(
            "Store",
            2,
            List.of(new Artifact(
                    Contract.Kind.INTERFACE,
                    "src/main/java/app/store/Store.java",
                    "text/x-java",
                    "package app.store;\n\npublic interface Store {}\n")));

    static final Contract OWN_TEXT = text("Shortener", "# Shortener\n\n### shorten(request) -> result\n");
    static final Contract USED_TEXT = text("Store", "# Store\n\n### keep(request) -> result\n");

    static final Neighbourhood AROUND = new Neighbourhood(
            List.of(new Foundation(new TaskId("FR-0"), "Lay the ground", "depends on FR-0")),
            List.of(new Dependent(
                    new TaskId("FR-2"),
                    "Resolve links",
                    false,
                    "uses short links",
                    List.of("A shortened link resolves"),
                    List.of("docs/usage.md"))),
            List.of(new Later(new TaskId("FR-12"), "Report clicks")),
            List.of(new Sibling(new TaskId("FR-3"), "Expire links", true, List.of("src/Expire.java"))));

    private Contexts() {}

    private static Contract text(String component, String text) {
        var folder = "contracts/" + component + "/";
        return new Contract(
                component,
                1,
                List.of(
                        new Artifact(Contract.Kind.INTERFACE, folder + "contract.md", Contract.PROSE, text),
                        new Artifact(
                                Contract.Kind.DATA_FORMAT, folder + "schema.json", "application/schema+json", "{}")));
    }

    /** With contracts as text, or with other ones. */
    static IsolatedContext workWith(List<Contract> contracts) {
        return context(Task.Kind.WORK, "Shorten a link.", Map.of(), List.of(), contracts);
    }

    static IsolatedContext work(Map<String, String> files) {
        return context(Task.Kind.WORK, "Shorten a link.\n\n```\n## Files at hand", files, List.of());
    }

    static IsolatedContext reconcile(List<FileConflict> conflicts) {
        return context(Task.Kind.RECONCILE, "Bring two results together.", Map.of(), conflicts);
    }

    private static IsolatedContext context(
            Task.Kind kind, String description, Map<String, String> files, List<FileConflict> conflicts) {
        return context(kind, description, files, conflicts, List.of(OWN, USED));
    }

    private static IsolatedContext context(
            Task.Kind kind,
            String description,
            Map<String, String> files,
            List<FileConflict> conflicts,
            List<Contract> contracts) {
        var task = Task.builder(new TaskId("FR-1"), kind, "Shorten links")
                .description(description)
                .acceptanceCriteria(List.of("A link of 2,000 characters works", "Two lines\nof one criterion"))
                .component(Optional.of("Shortener"))
                .operation(Optional.of("shorten"))
                .priority(Task.Priority.HIGH)
                .estimateMinutes(30)
                .phase(1)
                .critical(true)
                .expectedFiles(List.of("docs/usage.md"))
                .source(Optional.of(new SourceSpan("requirements.md", 12, 14)))
                .build();
        return new IsolatedContext(
                "Link shortener",
                task,
                List.of("Java 25 only"),
                List.of("No user accounts"),
                contracts,
                files,
                new TreeMap<>(Map.of("FR-9", "Count clicks", "FR-2", "Resolve links")),
                AROUND,
                List.of("Language: Java (3 files)"),
                conflicts,
                17,
                Optional.empty());
    }
}
