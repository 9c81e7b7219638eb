package io.taskweaver.agents.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import io.taskweaver.prompts.QueryWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedAnswerTest {
    private static final List<String> TITLES = List.of(
            "Users shall be able to shorten a link",
            "Resolve short codes",
            "Duplicates must be rejected",
            "Die Größe prüfen",
            "délai d'expiration",
            "検索する",
            "next",
            "done");

    @ParameterizedTest
    @ValueSource(strings = {"Short Code Generator", "2nd-level cache", "Überblick", "在庫", "List", "class"})
    void the_answers_to_all_operations_of_a_contract_compile_together_and_keep_it(String component) throws Exception {
        Contract contract = contract(component);
        var sources = new HashMap<String, String>();
        contract.artifacts().stream()
                .filter(artifact -> artifact.path().endsWith(".java"))
                .forEach(artifact -> sources.put(artifact.path(), artifact.content()));
        var written = new ArrayList<String>();
        for (String operation : ComponentNames.operationNames(TITLES)) {
            AnswerReading.Answer answer = answer(context(component, operation, contract, Map.of(), List.of()), false);
            assertThat(answer.changes()).hasSize(1);
            FileChange change = answer.changes().getFirst();
            written.add(change.path());
            sources.put(change.path(), change.content().orElseThrow());
        }

        ClassLoader classes = InMemoryCompiler.compile(sources);

        assertThat(written).hasSize(TITLES.size()).doesNotHaveDuplicates();
        String types = ComponentNames.packageName("com.acme", component) + ".";
        Class<?> type = classes.loadClass(types + ComponentNames.typeName(component));
        Object chain = classes.loadClass(types + "Mock" + type.getSimpleName())
                .getConstructor()
                .newInstance();
        for (String path : written) {
            String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
            chain = classes.loadClass(types + name).getConstructor(type).newInstance(chain);
        }
        Object violations = classes.loadClass(types + type.getSimpleName() + "Contract")
                .getMethod("violations", type)
                .invoke(null, chain);
        assertThat(violations).isEqualTo(List.of());
    }

    @Test
    void an_implemented_operation_does_what_it_says_itself_and_passes_the_others_on() throws Exception {
        Contract contract = contract("Shortener");
        AnswerReading.Answer answer = answer(context("Shortener", "shortenLink", contract, Map.of(), List.of()), false);
        String path = "src/main/java/com/acme/shortener/ShortenLinkInShortener.java";
        assertThat(answer.changes()).extracting(FileChange::path).containsExactly(path);
        var sources = new HashMap<String, String>();
        contract.artifacts().stream()
                .filter(artifact -> artifact.path().endsWith(".java"))
                .forEach(artifact -> sources.put(artifact.path(), artifact.content()));
        sources.put(path, answer.changes().getFirst().content().orElseThrow());
        sources.put("src/main/java/com/acme/shortener/Use.java", """
                package com.acme.shortener;

                import java.util.List;
                import java.util.Map;

                public final class Use {
                    public static List<Object> results() {
                        var mock = new MockShortener();
                        Shortener shortener = new ShortenLinkInShortener(mock);
                        var one = shortener.shortenLink(new Shortener.ShortenLinkRequest(Map.of("url", "a")));
                        var two = shortener.shortenLink(new Shortener.ShortenLinkRequest(Map.of("url", "b")));
                        var none = shortener.shortenLink(new Shortener.ShortenLinkRequest(Map.of()));
                        shortener.resolveShortCodes(new Shortener.ResolveShortCodesRequest(Map.of()));
                        return List.of(
                                one.fields().get("url"),
                                one.fields().get("id").equals(two.fields().get("id")),
                                none.accepted(),
                                mock.calls().size());
                    }
                }
                """);

        Object results = InMemoryCompiler.compile(sources)
                .loadClass("com.acme.shortener.Use")
                .getMethod("results")
                .invoke(null);

        assertThat(results).isEqualTo(List.of("a", false, false, 1));
    }

    @Test
    void an_interface_of_any_other_shape_is_implemented_as_well() {
        String path = "src/main/java/app/store/Store.java";
        String source = """
                package app.store;

                import java.io.IOException;
                import java.util.*;
                import java.util.function.Function;

                /** A store. class Decoy { void decoy(); } */
                public interface Store<K extends Comparable<K>, V> {
                    sealed interface Answer permits Kept, Gone {}
                    record Gone(String why) implements Answer {}
                    record Kept(int count, Optional<String> name, Level level, List<Gone> gone) implements Answer {}
                    enum Level { LOW, HIGH }

                    void put(K key, V next) throws IOException;
                    Optional<V> get(K key);
                    Answer answer(String question);
                    Kept kept(int count);
                    <T> List<T> all(Function<V, T> function, List<T> more);
                    long size();
                    K first();
                    String name(int done, String... parts);
                    default boolean isEmpty() { return size() == 0; }
                    static <A extends Comparable<A>, B> Store<A, B> none() { return null; }
                    /* void commented(); */
                }
                """;
        var contract = new Contract(
                "Store", 1, List.of(new Contract.Artifact(Contract.Kind.INTERFACE, path, "text/x-java", source)));
        var sources = new HashMap<>(Map.of(path, source));
        for (String operation : List.of("put", "get", "answer", "kept", "all", "size", "first", "name", "isEmpty")) {
            FileChange change = answer(context("Store", operation, contract, Map.of(), List.of()), false)
                    .changes()
                    .getFirst();
            assertThat(change.path()).endsWith("InStore.java");
            sources.put(change.path(), change.content().orElseThrow());
        }

        InMemoryCompiler.compile(sources);
    }

    @Test
    void a_contract_that_is_no_java_gets_a_note() {
        var contract = new Contract(
                "Store",
                1,
                List.of(new Contract.Artifact(
                        Contract.Kind.INTERFACE, "src/main/java/app/Store.java", "text/x-java", "interface {{{")));

        assertThat(answer(context("Store", "put", contract, Map.of(), List.of()), false)
                        .changes())
                .extracting(FileChange::path)
                .containsExactly("docs/notes/note-FR-1.md");
    }

    @Test
    void a_task_without_a_component_gets_a_note_and_a_line_in_the_files_that_it_names() {
        var context = context(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of("src/App.py", "print(1)", "other.py", ""),
                List.of());

        AnswerReading.Answer answer = answer(context, false);

        assertThat(answer.changes())
                .containsExactly(
                        new FileChange(
                                "docs/notes/note-FR-1.md",
                                Optional.empty(),
                                Optional.of("# Do the thing\n\nTask FR-1.\n\nIn full.\n\n- [x] It holds\n")),
                        new FileChange(
                                "src/App.py",
                                Optional.of("print(1)"),
                                Optional.of("print(1)\n# FR-1: Do the thing\n")));
        assertThat(answer.summary()).contains("docs/notes/note-FR-1.md", "src/App.py");
    }

    @Test
    void an_answer_that_shall_conflict_edits_the_shared_file_at_its_end() {
        var context = context(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(SimulatedAnswer.SHARED_FILE, "One.\n"),
                List.of());

        assertThat(answer(context, true).changes())
                .contains(new FileChange(
                        SimulatedAnswer.SHARED_FILE,
                        Optional.of("One.\n"),
                        Optional.of("One.\nFR-1: Do the thing.\n")));
    }

    @Test
    void a_reconcile_task_is_answered_with_both_sides() {
        var list = new FileConflict(
                "docs/CHANGES.md",
                Optional.of("- a\n"),
                Optional.of("- a\n- b\n"),
                Optional.of("- a\n- c\n"),
                List.of());
        var created = new FileConflict("new.txt", Optional.empty(), Optional.of("x\n"), Optional.of("y\n"), List.of());
        var deleted = new FileConflict("old.txt", Optional.of("x\n"), Optional.empty(), Optional.of("z\n"), List.of());
        var java = new FileConflict(
                "A.java",
                Optional.empty(),
                Optional.of("class A { int a; }\n"),
                Optional.of("class A { int b; }\n"),
                List.of());
        var json = new FileConflict(
                "a.json", Optional.empty(), Optional.of("{\"a\":1}\n"), Optional.of("{\"b\":1}\n"), List.of());

        AnswerReading.Answer answer = answer(
                context(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        List.of(list, created, deleted, java, json)),
                true);

        var texts = new HashMap<String, String>();
        answer.changes()
                .forEach(change -> texts.put(change.path(), change.content().orElseThrow()));
        assertThat(texts)
                .isEqualTo(Map.of(
                        "docs/CHANGES.md", "- a\n- b\n- c\n",
                        "new.txt", "x\ny\n",
                        "old.txt", "z\n",
                        "A.java", "class A { int b; }\n",
                        "a.json", "{\"b\":1}\n"));
    }

    @Test
    void a_prompt_of_any_other_form_is_answered_in_the_format() {
        assertThat(AnswerReader.read(SimulatedAnswer.to("../../Write me a poem!\n\nPlease.", true), Map.of()))
                .isInstanceOf(AnswerReading.Answer.class);
        assertThat(AnswerReader.read(SimulatedAnswer.to("```", false), Map.of()))
                .isInstanceOf(AnswerReading.Answer.class);
    }

    private static AnswerReading.Answer answer(IsolatedContext context, boolean conflicts) {
        String prompt = QueryWriter.DEFAULT.write(context, Optional.empty()).text();
        AnswerReading reading = AnswerReader.read(SimulatedAnswer.to(prompt, conflicts), context.files());
        assertThat(reading).isInstanceOf(AnswerReading.Answer.class);
        return (AnswerReading.Answer) reading;
    }

    private static Contract contract(String component) {
        List<String> names = ComponentNames.operationNames(TITLES);
        var operations = new ArrayList<Operation>();
        for (int i = 0; i < names.size(); i++)
            operations.add(new Operation(names.get(i), TITLES.get(i) + " */ {@code ```", new TaskId("FR-" + (i + 1))));
        return ContractWriter.write(
                new ComponentSpec(new TaskId("C-1"), component, "What it is for.", "com.acme", operations, List.of()),
                1);
    }

    private static IsolatedContext context(
            String component,
            String operation,
            Contract contract,
            Map<String, String> files,
            List<FileConflict> conflicts) {
        return context(Optional.of(component), Optional.of(operation), List.of(contract), files, conflicts);
    }

    private static IsolatedContext context(
            Optional<String> component,
            Optional<String> operation,
            List<Contract> contracts,
            Map<String, String> files,
            List<FileConflict> conflicts) {
        var task = Task.builder(
                        new TaskId("FR-1"), conflicts.isEmpty() ? Task.Kind.WORK : Task.Kind.RECONCILE, "Do the thing")
                .description("In full.")
                .acceptanceCriteria(List.of("It holds"))
                .component(component)
                .operation(operation)
                .estimateMinutes(10)
                .phase(1)
                .expectedFiles(List.of("src/App.py"))
                .build();
        return new IsolatedContext(
                "Plan",
                task,
                List.of(),
                List.of(),
                contracts,
                files,
                Map.of(),
                Neighbourhood.NONE,
                List.of(),
                conflicts,
                1,
                Optional.empty());
    }
}
