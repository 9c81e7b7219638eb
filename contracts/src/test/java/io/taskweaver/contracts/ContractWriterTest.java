package io.taskweaver.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.Contract.Kind;
import io.taskweaver.model.ContractForm;
import io.taskweaver.model.Operation;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractWriterTest {
    private static final TaskId NODE = new TaskId("contract-1");

    @Test
    void as_text_it_says_operations_types_and_errors_and_has_no_code() {
        var spec = new ComponentSpec(
                NODE,
                "Link Store",
                "Keeps links.",
                "com.acme",
                ContractForm.TEXT,
                List.of(operation("keepLink", "Keep a link\n\nA link is kept once"), operation("findLink", "")),
                List.of());

        var contract = ContractWriter.write(spec, 2);

        assertThat(contract.hasFiles()).isFalse();
        assertThat(contract.files()).isEmpty();
        assertThat(contract.artifacts())
                .extracting(Contract.Artifact::kind)
                .containsExactly(Contract.Kind.INTERFACE, Contract.Kind.DATA_FORMAT, Contract.Kind.API);
        assertThat(contract.artifacts().getFirst().content())
                .startsWith("# Link Store\n\nVersion 2 of the contract.\n\nKeeps links.\n\n## Operations\n")
                .contains("### keepLink(request) -> result\n\nKeep a link\n\nA link is kept once\n\n### findLink")
                .contains("## Types", "`problems`", "## Errors", "## Over HTTP")
                .doesNotContain("interface", "class", "com.acme", "null", "java");
        assertThat(contract.artifacts()).noneMatch(artifact -> artifact.path().endsWith(".java"));
        assertThat(ContractWriter.write(spec, 2)).isEqualTo(contract);
    }

    @Test
    void mocks_and_checks_lie_among_the_tests_and_the_interface_among_the_sources() {
        var contract = ContractWriter.write(spec("Ledger", "", operation("post", "")), 1);

        assertThat(contract.hasFiles()).isTrue();
        assertThat(contract.files()).hasSize(5);
        for (var artifact : contract.artifacts())
            assertThat(artifact.path())
                    .startsWith(
                            switch (artifact.kind()) {
                                case INTERFACE -> "src/main/java/com/acme/ledger/Ledger.java";
                                case MOCK -> "src/test/java/com/acme/ledger/MockLedger.java";
                                case VALIDATION -> "src/test/java/com/acme/ledger/LedgerContract.java";
                                case DATA_FORMAT, API -> "contracts/Ledger/";
                            });
    }

    @Test
    void the_interface_says_what_the_document_says() {
        var contract = ContractWriter.write(
                spec("Short Code Generator", "Makes codes.", operation("generateCode", "Codes have 7 characters.")), 1);
        assertThat(contract.artifacts())
                .extracting(Contract.Artifact::path)
                .containsExactly(
                        "src/main/java/com/acme/shortcodegenerator/ShortCodeGenerator.java",
                        "src/test/java/com/acme/shortcodegenerator/MockShortCodeGenerator.java",
                        "src/test/java/com/acme/shortcodegenerator/ShortCodeGeneratorContract.java",
                        "contracts/ShortCodeGenerator/schema.json",
                        "contracts/ShortCodeGenerator/openapi.yaml");
        assertThat(text(contract, Kind.INTERFACE)).isEqualTo("""
                package com.acme.shortcodegenerator;

                import java.util.List;
                import java.util.Map;

                /**
                 * Short Code Generator.
                 *
                 * <p>Makes codes.
                 *
                 * <p>Fields go by the words of the requirement, in the singular and in lower camel case: a time of creation is
                 * {@code timeOfCreation}. A field that names a thing of its own is its id ({@code teamId}), a text; times are texts as
                 * ISO 8601 has them, numbers are numbers, several values are a list.
                 *
                 * <p>Version 1 of the contract.
                 */
                public interface ShortCodeGenerator {
                    /**
                     * Codes have 7 characters.
                     *
                     * @param request the input, never null
                     * @return the result, never null
                     * @throws NullPointerException if the request is null
                     */
                    Result generateCode(GenerateCodeRequest request);

                    /**
                     * Input of {@link #generateCode}.
                     *
                     * @param fields values by name; neither is null
                     */
                    record GenerateCodeRequest(Map<String, Object> fields) {
                        /**
                         * Copies the values.
                         */
                        public GenerateCodeRequest {
                            fields = Map.copyOf(fields);
                        }
                    }

                    /**
                     * Result of an operation.
                     *
                     * @param accepted whether the operation succeeded
                     * @param fields values by name; neither is null
                     * @param problems reasons for a refusal, for people; empty on success
                     */
                    record Result(boolean accepted, Map<String, Object> fields, List<String> problems) {
                        /**
                         * Copies the values and checks that exactly a refusal names problems.
                         */
                        public Result {
                            fields = Map.copyOf(fields);
                            problems = List.copyOf(problems);
                            if (accepted != problems.isEmpty()) throw new IllegalArgumentException("a refusal names its problems, and nothing else does");
                        }

                        /**
                         * Success.
                         *
                         * @param fields values of the result
                         * @return the result
                         */
                        public static Result done(Map<String, Object> fields) {
                            return new Result(true, fields, List.of());
                        }

                        /**
                         * Refusal.
                         *
                         * @param problems at least one reason
                         * @return the result
                         */
                        public static Result refused(List<String> problems) {
                            return new Result(false, Map.of(), problems);
                        }
                    }
                }
                """);
    }

    @Test
    void the_mock_keeps_its_contract_and_records_what_it_was_asked() throws Exception {
        var contract = ContractWriter.write(
                spec("Ledger", "", operation("post", "Posts an entry."), operation("close", "Closes the month.")), 1);
        var compiled = compiled(List.of(contract));
        var mock = compiled.loadClass("com.acme.ledger.MockLedger")
                .getConstructor()
                .newInstance();
        var ledger = compiled.loadClass("com.acme.ledger.Ledger");
        var violations = compiled.loadClass("com.acme.ledger.LedgerContract")
                .getMethod("violations", ledger)
                .invoke(null, mock);
        assertThat(violations).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
        assertThat(mock.getClass().getMethod("calls").invoke(mock))
                .hasToString("[RecordedCall[operation=post, request=PostRequest[fields={}]],"
                        + " RecordedCall[operation=close, request=CloseRequest[fields={}]]]");
    }

    @Test
    void the_checks_find_an_implementation_that_breaks_its_contract() throws Exception {
        var contract = ContractWriter.write(spec("Ledger", "", operation("post", "")), 1);
        var broken =
                new Contract.Artifact(Kind.INTERFACE, "src/main/java/com/acme/ledger/Broken.java", "text/x-java", """
                package com.acme.ledger;

                /** Answers nothing, whatever it is asked. */
                public class Broken implements Ledger {
                    /** For tests. */
                    public Broken() {}

                    @Override
                    public Result post(PostRequest request) {
                        return null;
                    }
                }
                """);
        var sources = new ArrayList<>(javaSources(contract));
        sources.add(broken);
        var compiled = InMemoryCompilation.of(sources);
        var candidate =
                compiled.loadClass("com.acme.ledger.Broken").getConstructor().newInstance();
        assertThat(compiled.loadClass("com.acme.ledger.LedgerContract")
                        .getMethod("violations", compiled.loadClass("com.acme.ledger.Ledger"))
                        .invoke(null, candidate))
                .hasToString("[post returns null, post takes null for a request]");
    }

    @Test
    void operations_of_the_same_name_are_numbered() {
        var contract = ContractWriter.write(
                spec("Ledger", "", operation("post", "One."), operation("post", "Two."), operation("POST", "Three.")),
                1);
        assertThat(text(contract, Kind.INTERFACE))
                .contains("Result post(PostRequest request)")
                .contains("Result post2(Post2Request request)")
                .contains("Result post3(Post3Request request)");
        assertThat(compiled(List.of(contract)).complaints).isEmpty();
    }

    @Test
    void a_request_is_not_named_like_its_component() {
        var contract = ContractWriter.write(spec("Post Request", "", operation("post", "")), 1);
        assertThat(text(contract, Kind.INTERFACE)).contains("Result post(PostRequest2 request)");
        assertThat(compiled(List.of(contract)).complaints).isEmpty();
    }

    @Test
    void who_implements_or_uses_a_component_changes_nothing_in_its_contract() {
        var spec = spec("Ledger", "Books.", operation("post", "Posts."));
        var moved = new ComponentSpec(
                new TaskId("other"),
                spec.name(),
                spec.description(),
                spec.basePackage(),
                List.of(new Operation("post", "Posts.", new TaskId("other-1"))),
                List.of(new TaskId("user-1")));
        assertThat(ContractWriter.write(moved, 3)).isEqualTo(ContractWriter.write(spec, 3));
    }

    @Test
    void a_component_of_two_thousand_operations_compiles() {
        var operations = IntStream.range(0, 2000)
                .mapToObj(i -> operation("operation" + i, "Does thing " + i + "."))
                .toArray(Operation[]::new);
        assertThat(compiled(List.of(ContractWriter.write(spec("Everything", "All.", operations), 1))).complaints)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com..acme", "com.class", "1com", "com acme", "../etc", "com.acme;"})
    void what_is_no_package_name_is_refused(String basePackage) {
        var spec = new ComponentSpec(NODE, "Ledger", "", basePackage, List.of(), List.of());
        assertThatThrownBy(() -> ContractWriter.write(spec, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + basePackage + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/ class Evil {} /*",
                "\\u002a/ class Evil {}",
                "{@link Nowhere} @param x <b>unclosed & <script>",
                "{@code unbalanced",
                "$L $T $$ %s %n",
                "'single' \"double\" \\ back: slash # hash",
                "- a list\n- of: things\n\n  > quoted | pipe\n```\ncode\n```",
                "tab\tand \u0000 control \u007f and \u2028 separator",
                "\u202Eright to left override",
                "emoji 🚀, 数据, العربية, lone \ud800 surrogate, \ufffe",
                "*",
                "/",
                "ends with a star *",
                "ends with \\",
            })
    void hostile_text_stays_text(String text) throws Exception {
        var contract = ContractWriter.write(spec(text, text, operation("post", text), operation(text, text)), 1);
        assertThat(compiled(List.of(contract)).complaints).isEmpty();
        DataFormatReading.of(contract).assertDescribes(2);
    }

    @Property(tries = 60)
    void any_specification_gives_a_contract_that_compiles_and_can_be_read(@ForAll("specs") ComponentSpec spec)
            throws Exception {
        var contract = ContractWriter.write(spec, 2);
        assertThat(compiled(List.of(contract)).complaints).isEmpty();
        DataFormatReading.of(contract).assertDescribes(spec.operations().size());
        assertThat(ContractWriter.write(spec, 2)).isEqualTo(contract);
    }

    @Provide
    Arbitrary<ComponentSpec> specs() {
        var texts = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(60),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(120),
                Arbitraries.of(
                        "*/", "/**", "{@inheritDoc}", "</p>", "\\u000a", "${x}", "%d", "Map", "String", "List", ""));
        var operations = Combinators.combine(
                        Arbitraries.oneOf(
                                texts,
                                Arbitraries.of(
                                        "calls",
                                        "answering",
                                        "answer",
                                        "wait",
                                        "class",
                                        "check",
                                        "violations",
                                        "done",
                                        "recordedCall",
                                        "result",
                                        "equals",
                                        "a",
                                        "A")),
                        texts)
                .as(ContractWriterTest::operation);
        return Combinators.combine(texts, texts, operations.list().ofMaxSize(6))
                .as((name, description, list) -> spec(name, description, list.toArray(Operation[]::new)));
    }

    private static ComponentSpec spec(String name, String description, Operation... operations) {
        return new ComponentSpec(NODE, name, description, "com.acme", Arrays.asList(operations), List.of());
    }

    private static Operation operation(String name, String description) {
        return new Operation(name, description, new TaskId("task-1"));
    }

    private static InMemoryCompilation compiled(List<Contract> contracts) {
        return InMemoryCompilation.of(contracts.stream()
                .flatMap(contract -> javaSources(contract).stream())
                .toList());
    }

    private static List<Contract.Artifact> javaSources(Contract contract) {
        return contract.artifacts().stream()
                .filter(artifact -> artifact.path().endsWith(".java"))
                .toList();
    }

    private static String text(Contract contract, Kind kind) {
        return contract.artifacts().stream()
                .filter(artifact -> artifact.kind() == kind)
                .findFirst()
                .orElseThrow()
                .content();
    }
}
