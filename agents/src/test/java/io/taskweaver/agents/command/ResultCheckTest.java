package io.taskweaver.agents.command;

import static io.taskweaver.agents.command.Results.deleted;
import static io.taskweaver.agents.command.Results.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.command.Results.Made;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.GitPath;
import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.model.Checks;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultCheckTest {
    private static final Contract SHOP = ContractWriter.write(
            new ComponentSpec(
                    new TaskId("C-1"),
                    "Shop",
                    "Sells.",
                    "com.acme",
                    List.of(new Operation("sell", "Sell a thing", new TaskId("FR-1"))),
                    List.of()),
            1);
    private static final String FOLDER = "src/main/java/com/acme/shop/";
    /** What the contract wants: no answer is null, null is refused. */
    private static final String KEPT = "java.util.Objects.requireNonNull(request); return next.sell(request);";

    /** Code in which another language declares what a result may use. */
    private static final Map<String, String> CODE = Map.of(
            "base.txt",
            "base",
            FOLDER + "Prices.java",
            "package com.acme.shop; class Prices { static int of(String thing) { return 3; } }",
            "src/main/kotlin/com/acme/shop/Helper.kt",
            "package com.acme.shop");

    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    Path folder;

    private CodeRepository repository;

    @BeforeEach
    void open() throws Exception {
        repository = CodeRepository.open(folder.resolve("line"));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    /** What every plan of these tests has, and with it what the code has that it starts from. */
    private CheckedCode result(Map<String, String> code, Made... changes) throws Exception {
        var files = new HashMap<>(code);
        files.put("docs/there.md", "there");
        return Results.of(repository, "", files, changes);
    }

    private CheckResult check(Checks checks, Map<String, String> code, Made... changes) throws Exception {
        return check(checks, result(code, changes));
    }

    private CheckResult check(Checks checks, CheckedCode result) throws Exception {
        var environment = new HashMap<>(System.getenv());
        environment.put("SOME_TOKEN", "tok-123456");
        return new ResultCheck(
                        folder,
                        false,
                        true,
                        Capabilities.of(folder, environment),
                        preparation(environment),
                        ScriptedAgents.NO_SANDBOX,
                        environment)
                .of(new Attempt("plan", "FR-1", 1), given(checks), result, Duration.ofSeconds(20), message -> {});
    }

    private TreePreparation preparation(Map<String, String> environment) {
        return new TreePreparation(
                folder.resolve("setups"), TreePreparation.MOST, ScriptedAgents.NO_SANDBOX, environment);
    }

    private static IsolatedContext given(Checks checks) {
        var task = Task.builder(new TaskId("FR-1"), Task.Kind.WORK, "Sell a thing")
                .description("In full.")
                .component(Optional.of("Shop"))
                .operation(Optional.of("sell"))
                .estimateMinutes(10)
                .phase(1)
                .checks(checks)
                .build();
        return new IsolatedContext(
                "Plan",
                task,
                List.of(),
                List.of(),
                List.of(SHOP),
                Map.of("docs/there.md", "there"),
                Map.of(),
                Neighbourhood.NONE,
                List.of(),
                List.of(),
                1,
                Optional.empty());
    }

    /** A class of the usual form, with this as the body of its operation. */
    private static Made selling(String body) {
        return source("SellInShop", """
                public final class SellInShop implements Shop {
                    private final Shop next;

                    public SellInShop(Shop next) {
                        this.next = next;
                    }

                @Override
                public Result sell(SellRequest request) {
                    %s
                }
            }
            """.formatted(body));
    }

    private static Made source(String name, String text) {
        return made(FOLDER + name + ".java", "package com.acme.shop;\n\n" + text);
    }

    private CheckResult contract(Made... changes) throws Exception {
        return check(Checks.NONE, NOTHING, changes);
    }

    private static String reason(CheckResult verdict) {
        assertThat(verdict).isInstanceOf(CheckResult.Failed.class);
        return ((CheckResult.Failed) verdict).reason();
    }

    private static String typePath() {
        return SHOP.artifacts().getFirst().path();
    }

    @Test
    void a_class_that_keeps_the_contract_passes_and_nothing_is_left_behind() throws Exception {
        assertThat(contract(selling(KEPT))).isEqualTo(new CheckResult.Passed());
        assertThat(folder.resolve("contract")).isEmptyDirectory();
    }

    @Test
    void where_nothing_can_be_checked_a_result_passes_and_it_is_said() throws Exception {
        var environment = Map.of("PATH", "/nowhere");
        var verdict = new ResultCheck(
                        folder,
                        false,
                        true,
                        Capabilities.of(folder, environment),
                        preparation(environment),
                        ScriptedAgents.NO_SANDBOX,
                        environment)
                .of(
                        new Attempt("plan", "FR-1", 1),
                        given(Checks.NONE),
                        result(NOTHING, selling("return null;")),
                        Duration.ofSeconds(20),
                        message -> {});
        assertThat(verdict)
                .isEqualTo(new CheckResult.Passed(List.of(
                        "the contract of Shop. There is no 'bash' on the PATH. Install Bash: it runs the commands.")));
    }

    @Test
    void code_below_the_root_of_a_repository_is_checked_where_it_is() throws Exception {
        var checks = new Checks(Optional.of("[ -e docs/made.md ] && [ -e ../top.txt ]"), List.of("docs/made.md"));
        for (var body : List.of(KEPT, "return null;")) {
            var selling = selling(body);
            var result = Results.of(
                    repository,
                    "app",
                    Map.of("top.txt", "top"),
                    made("app/docs/made.md", "made"),
                    made("app/" + selling.path(), selling.text().orElseThrow()));
            var verdict = check(checks, result);
            if (body.equals(KEPT)) assertThat(verdict).isEqualTo(new CheckResult.Passed());
            else assertThat(reason(verdict)).contains("sell returns null");
        }
    }

    @Test
    void no_file_of_a_contract_is_written_through_a_link_that_the_code_has() throws Exception {
        var outside = Files.createDirectories(folder.resolve("outside"));
        var target = outside.toString().getBytes(StandardCharsets.UTF_8);
        var link = new FileEntry(FileEntry.LINK, repository.blob(target), target.length);
        var tree = repository.edit(
                repository.emptyTree(), List.of(new EntryChange("src", Optional.empty(), Optional.of(link))));
        var text = selling(KEPT).text().orElseThrow();

        assertThat(check(Checks.NONE, Results.of(repository, "", tree, made("SellInShop.java", text))))
                .isInstanceOfSatisfying(
                        CheckResult.Impossible.class,
                        impossible -> assertThat(impossible.reason()).contains("'src' is a link"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void what_the_contract_forbids_is_told() throws Exception {
        assertThat(reason(contract(selling("return request == null ? null : null;"))))
                .startsWith("The checks of the contract of Shop fail on new SellInShop(new MockShop()):")
                .contains("sell returns null")
                .contains("sell takes null for a request");
        assertThat(reason(contract(selling("throw new IllegalStateException(\"not today\");"))))
                .contains("sell throws instead of refusing: java.lang.IllegalStateException: not today");
    }

    @Test
    void what_it_prints_does_not_count_and_hides_nothing() throws Exception {
        assertThat(contract(selling("System.out.print(\"end\"); " + KEPT))).isEqualTo(new CheckResult.Passed());
        assertThat(reason(contract(selling("System.out.print(\"all is well\"); return null;"))))
                .contains("sell returns null");
    }

    @Test
    void a_violation_is_found_behind_any_amount_of_output_and_where_output_is_turned_away() throws Exception {
        var noise = "for (int i = 0; i < 2000; i++) System.out.println(\"some log line \" + i); ";
        assertThat(reason(contract(selling(noise + "return null;")))).contains("sell returns null");
        var away = "System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream())); ";
        assertThat(reason(contract(selling(away + "return null;")))).contains("sell returns null");
        assertThat(contract(selling(away + KEPT))).isEqualTo(new CheckResult.Passed());
    }

    @Test
    void a_double_for_tests_promises_nothing() throws Exception {
        var text =
                "package com.acme.shop;\n\nclass AShop implements Shop { public Result sell(SellRequest request) { return null; } }";
        var test = made("src/test/java/com/acme/shop/AShop.java", text);
        assertThat(contract(test)).isEqualTo(new CheckResult.Passed());
        assertThat(reason(contract(test, selling("return null;")))).contains("new SellInShop(");
    }

    @Test
    void a_source_that_is_too_deep_for_the_compiler_can_not_be_judged() throws Exception {
        int deep = 100_000;
        var nested = "(".repeat(deep) + "1" + ")".repeat(deep);
        assertThat(contract(selling("int one = " + nested + "; return null;"))).isEqualTo(new CheckResult.Passed());
        assertThat(contract(
                        selling("return Helper.sold();"),
                        source(
                                "Helper",
                                "class Helper { static Void sold() { int one = " + nested + "; return null; } }")))
                .isEqualTo(new CheckResult.Passed());
    }

    @Test
    void one_that_ends_the_process_or_never_answers_fails() throws Exception {
        assertThat(reason(contract(selling("System.exit(0); return null;"))))
                .contains("calling it ended the process with exit code 0");
        assertThat(reason(contract(selling("throw new StackOverflowError();"))))
                .contains("it throws java.lang.StackOverflowError");
    }

    @Test
    void its_secrets_are_not_in_the_reason() throws Exception {
        assertThat(reason(contract(selling("throw new IllegalStateException(System.getenv(\"SOME_TOKEN\"));"))))
                .doesNotContain("tok-123456")
                .contains("***");
    }

    @Test
    void one_that_does_not_compile_with_the_contract_fails_with_the_place() throws Exception {
        assertThat(reason(contract(source("SellInShop", "public class SellInShop implements Shop {}"))))
                .startsWith("The result does not compile with the contract of Shop:\n" + FOLDER + "SellInShop.java:3: ")
                .contains("does not override abstract method sell");
        assertThat(reason(contract(selling("return Helper.sold(request);")))).contains("cannot find symbol");
    }

    @Test
    void a_fault_in_a_helper_of_the_same_result_is_its_own() throws Exception {
        assertThat(reason(contract(
                        selling("return Helper.sold(request);"),
                        source("Helper", "class Helper { static Shop.Result sold(Object request) { return 1; } }"))))
                .contains(FOLDER + "Helper.java:3: ");
    }

    @Test
    void what_needs_a_library_can_not_be_judged() throws Exception {
        assertThat(contract(source("SellInShop", """
                import org.springframework.stereotype.Service;

                @Service
                public class SellInShop implements Shop {
                    public Result sell(SellRequest request) { return null; }
                }
                """))).isEqualTo(new CheckResult.Passed());
    }

    @Test
    void a_class_of_the_code_base_that_is_no_java_can_not_be_judged() throws Exception {
        assertThat(check(Checks.NONE, CODE, selling("return Helper.sold(request);")))
                .isEqualTo(new CheckResult.Passed());
    }

    @Test
    void the_code_of_the_plan_is_compiled_with_it() throws Exception {
        assertThat(reason(check(Checks.NONE, CODE, selling("Prices.of(\"tea\"); return null;"))))
                .contains("sell returns null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public record SellInShop(Shop next) implements Shop { public Result sell(SellRequest request) { return null; } }",
                "class SellInShop implements com.acme.shop.Shop { public Result sell(SellRequest request) { return null; } }",
                "class SellInShop implements Shop { SellInShop() {} SellInShop(int other) {} public Result sell(SellRequest request) { return null; } }"
            })
    void it_is_made_in_whatever_way_it_can_be(String text) throws Exception {
        assertThat(reason(contract(source("SellInShop", text)))).contains("sell returns null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract class SellInShop implements Shop {}",
                "interface SellInShop extends Shop {}",
                "class SellInShop implements Shop { SellInShop(int till) {} public Result sell(SellRequest request) { return null; } }",
                "class Elsewhere { Shop shop; }",
                "this is no Java, Shop or not"
            })
    void what_can_not_be_made_is_not_called(String text) throws Exception {
        assertThat(contract(source("SellInShop", text))).isEqualTo(new CheckResult.Passed());
    }

    @Test
    void the_files_of_a_contract_stay_as_they_are_but_for_blanks() throws Exception {
        var agreed = SHOP.artifacts().getFirst().content();
        assertThat(contract(made(typePath(), agreed.replace("    ", "\t") + "\n")))
                .isEqualTo(new CheckResult.Passed());
        assertThat(reason(contract(made(typePath(), agreed.replace("Result sell(", "void sell(")))))
                .isEqualTo("The file " + typePath()
                        + " belongs to the contract of Shop, which other tasks use: do not change it.");
        assertThat(reason(check(Checks.NONE, Map.of(typePath(), agreed), deleted(typePath()))))
                .contains("belongs to the contract of Shop");
    }

    @Test
    void a_declared_output_may_have_any_name_and_be_a_folder() throws Exception {
        var checks = new Checks(Optional.empty(), List.of("\"quoted\".md", "docs", "docs/"));
        assertThat(check(checks, NOTHING, made(GitPath.of("\"quoted\".md"), "made")))
                .isEqualTo(new CheckResult.Passed());
    }

    @Test
    void declared_outputs_exist_in_the_end() throws Exception {
        var checks = new Checks(
                Optional.empty(), List.of("docs/there.md", "./docs//made.md", "base.txt", "docs/missing.md"));
        assertThat(reason(check(checks, CODE, made("docs/made.md", "made"))))
                .isEqualTo("The file docs/missing.md does not exist after the run; the task must create it.");
        assertThat(reason(check(
                        new Checks(Optional.empty(), List.of("docs/there.md")), NOTHING, deleted("docs/there.md"))))
                .contains("docs/there.md does not exist after the run");
    }

    @Test
    void the_command_of_the_task_comes_last() throws Exception {
        var checks = new Checks(Optional.of("echo at last; grep -q made docs/made.md"), List.of("docs/made.md"));
        assertThat(check(checks, NOTHING, made("docs/made.md", "made"))).isEqualTo(new CheckResult.Passed());
        assertThat(reason(check(checks, NOTHING, made("docs/made.md", "other"))))
                .contains("exit code 1:\nat last");
        assertThat(reason(check(checks, NOTHING))).startsWith("The file docs/made.md");
    }
}
