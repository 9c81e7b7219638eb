package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a user's repository to a branch in it, with agents that work as people do. */
class RepositoryTest {
    /** Adds a file, a line to a barrel and to a changelog, and a method to a class that all others extend too. */
    private static final String BARREL = """
            cat >/dev/null
            name=f$(echo "$1" | tr -cd 0-9)
            echo "export function $name() { return 1; }" >src/$name.js
            echo "export { $name } from './src/$name.js';" >>index.js
            sed -i "s/^- Begin\\.$/&\\n- Add $name./" CHANGELOG.md
            sed -i "\\$d" src/Tools.js
            printf '\\n  %s() {\\n    return 1;\\n  }\\n}\\n' $name >>src/Tools.js
            [ "$(ls src/f*.js | wc -l)" = "$(grep -c 'src/f' index.js)" ] || { echo "the tree is not whole" >&2; exit 1; }
            """;

    /** Each task changes another kind of thing; they do not know of each other but where they need each other. */
    private static final String KINDS = """
            case $1 in
              FR-1) mkdir -p lib; echo 'a' >lib/a.txt; chmod +x run.sh; printf '\\0\\1\\377' >blob.bin
                    printf 'gr\\374n\\n' >latin1.txt ;;
              FR-2) [ -e lib/a.txt ] && [ -x run.sh ] || { echo "FR-1 is not here" >&2; exit 1; }
                    echo "import './a.txt'" >lib/b.txt; rm old.txt ;;
              FR-3) [ -e lib/b.txt ] && [ ! -e old.txt ] || { echo "FR-2 is not here" >&2; exit 1; }
                    echo "import './b.txt'" >lib/c.txt; git add -A; git commit -qm 'of the agent' ;;
              FR-4) mkdir moved; mv long.txt moved/long.txt; rm -rf .git ;;
              FR-5) sed -i 's/^line 3$/line three/' long.txt; touch .git/index.lock ;;
              FR-6) rm -r dir; echo 'a file now' >dir; ln -s run.sh link; ln -s /etc/passwd away ;;
              FR-7) echo x >'a b'; echo x >'q"uote'; printf x >"$(printf 'ta\\tb')"; echo x >'back\\slash'; echo x >umläut.txt
                    echo x >"$(printf 'new\\nline')" ;;
              FR-8) printf 'one\\r\\nTWO\\r\\n' >windows.txt; echo 'version 2' >>pointer.lfs; printf 'eol\\n' >unix.sh ;;
            esac
            """;

    /** All change the same line, which nobody can merge; who reconciles does it again on what is there. */
    private static final String SAME_LINE = """
            cat >/dev/null
            name=f$(echo "$1" | sed 's/-reconcile.*//' | tr -cd 0-9)
            grep -qw $name list.txt || sed -i "s/^items: .*/&, $name/" list.txt
            """;

    /** Adds a module to a JavaScript project, in which nobody put anything else. */
    private static final String MODULE = """
            cat >/dev/null
            [ -z "$(find . -name '*.java' -o -name contracts)" ] || { echo "this is not Java" >&2; exit 1; }
            name=f$(echo "$1" | tr -cd 0-9)
            echo "export function $name() { return 1; }" >src/$name.js
            """;

    private static final String SHOP = """
            # Shop
            ## Catalogue
            - FR-1: Show products
            - FR-2: Sort products
            ## Cart
            - FR-3: Add a product of the catalogue
            """;

    @TempDir
    private Path dir;

    private Path code() {
        return dir.resolve("code");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return GitFolder.git(code(), arguments);
    }

    private void commit(String message) throws IOException, InterruptedException {
        GitFolder.commit(code(), message);
    }

    private Workspace workspace(String script) throws IOException {
        Files.createDirectories(code());
        return new Workspace(dir).agent(script);
    }

    @Test
    void twenty_agents_that_extend_the_same_files_never_conflict() throws Exception {
        try (var workspace = workspace(BARREL)) {
            git("init", "--quiet");
            Files.createDirectories(code().resolve("src"));
            Files.writeString(
                    code().resolve("src/Tools.js"), "export class Tools {\n  ping() {\n    return 0;\n  }\n}\n");
            Files.writeString(code().resolve("src/f0.js"), "export function f0() { return 1; }\n");
            Files.writeString(code().resolve("index.js"), "export { f0 } from './src/f0.js';\n");
            Files.writeString(
                    code().resolve("CHANGELOG.md"), "# Changes\n\n## Unreleased\n\n- Begin.\n\n## 1.0.0\n\n- First.\n");
            commit("first");
            var features = IntStream.rangeClosed(1, 20)
                    .mapToObj(i -> "- [ ] T" + i + " Add the feature number " + i + "\n")
                    .toList();
            var document = workspace.document("tasks.md", "# Tasks\n\n" + String.join("", features));

            var run = workspace.taskweaver(
                    "run",
                    document.toString(),
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--max-concurrent",
                    "8",
                    "--apply");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output())
                    .contains("20 done", "0 retries", "united")
                    .doesNotContain("conflict", "dead letter");
            var plan = planOf("taskweaver-out");
            var branch = "taskweaver/" + plan;
            assertThat(git("log", "--format=%(trailers:key=Task,valueonly,separator=)", branch)
                            .lines()
                            .filter(line -> !line.isBlank()))
                    .hasSize(20)
                    .doesNotHaveDuplicates();
            assertThat(git("show", branch + ":index.js").lines()).hasSize(21).doesNotHaveDuplicates();
            assertThat(git("show", branch + ":CHANGELOG.md").lines().filter(line -> line.startsWith("- Add ")))
                    .hasSize(20);
            var tools = git("show", branch + ":src/Tools.js");
            for (int i = 1; i <= 20; i++) assertThat(tools).containsOnlyOnce("  f" + i + "() {\n    return 1;\n  }\n");
            assertThat(tools.lines().filter("    return 1;"::equals)).hasSize(20);
            assertSound(plan);
            assertThat(git("status", "--porcelain")).isEmpty();
        }
    }

    @Test
    void what_agents_do_to_files_of_every_kind_is_in_the_branch_byte_for_byte() throws Exception {
        try (var workspace = workspace("cat >/dev/null\n" + KINDS)) {
            git("init", "--quiet");
            Files.createDirectories(code().resolve("dir"));
            Files.writeString(code().resolve("dir/inside.txt"), "x\n");
            Files.writeString(code().resolve("old.txt"), "old\n");
            Files.writeString(code().resolve("run.sh"), "echo run\n");
            Files.writeString(
                    code().resolve("long.txt"),
                    IntStream.rangeClosed(1, 20)
                            .mapToObj(i -> "line " + i + "\n")
                            .reduce("", String::concat));
            Files.write(code().resolve("latin1.txt"), "gr\u00fcn?\n".getBytes(StandardCharsets.ISO_8859_1));
            Files.writeString(code().resolve("windows.txt"), "one\r\ntwo\r\n");
            Files.writeString(
                    code().resolve("pointer.lfs"),
                    "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 1\n");
            Files.writeString(
                    code().resolve(".gitattributes"), "*.sh eol=lf\n*.lfs filter=lfs diff=lfs merge=lfs -text\n");
            commit("first");
            git("update-index", "--add", "--cacheinfo", "160000,0123456789012345678901234567890123456789,library");
            Files.createDirectories(code().resolve("library"));
            git("commit", "--quiet", "--message", "second");
            Files.writeString(code().resolve("open.txt"), "not committed\n");
            var document = workspace.document("R.md", """
                    # Tool
                    ## Requirements
                    - FR-1: The tool shall greet.
                    - FR-2: The tool shall part (depends on FR-1).
                    - FR-3: The tool shall count (depends on FR-2).
                    - FR-4: The tool shall sing.
                    - FR-5: The tool shall dance.
                    - FR-6: The tool shall sleep.
                    - FR-7: The tool shall write.
                    - FR-8: The tool shall read.
                    """);

            var run = workspace.taskweaver(
                    "run", document.toString(), "--code", "code", "--agent", "mine", "--max-attempts", "1");
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(Files.readString(dir.resolve("taskweaver-out/report.md")))
                    .contains("away (a symbolic link to /etc/passwd, which is not inside the code)");
            var apply = workspace.taskweaver("apply", "--branch", "made");
            assertThat(apply.exitCode()).as(apply.output()).isZero();
            assertThat(apply.output()).contains("not committed");

            // The same, done by hand.
            git("config", "user.name", "t");
            git("config", "user.email", "t@localhost");
            git("checkout", "--quiet", "-b", "byhand");
            for (var task : List.of("FR-1", "FR-2", "FR-5", "FR-6", "FR-7", "FR-8")) byHand(task);
            Files.deleteIfExists(code().resolve(".git/index.lock"));
            byHand("FR-3");
            Files.createDirectories(code().resolve("moved"));
            Files.move(code().resolve("long.txt"), code().resolve("moved/long.txt"));
            Files.delete(code().resolve("away"));
            commit("by hand");
            assertThat(git(
                            "-c",
                            "core.quotePath=true",
                            "diff",
                            "--raw",
                            "byhand",
                            "made",
                            "--",
                            ".",
                            ":!src/main/java",
                            ":!src/test/java",
                            ":!contracts"))
                    .isEmpty();
            assertSound(planOf("taskweaver-out"));
        }
    }

    @Test
    @Tag("long")
    void a_project_in_javascript_gets_its_contracts_as_text_or_none_and_never_java() throws Exception {
        try (var workspace = workspace(MODULE)) {
            git("init", "--quiet");
            Files.createDirectories(code().resolve("src"));
            Files.writeString(code().resolve("src/f0.js"), "export function f0() { return 1; }\n");
            Files.writeString(code().resolve("package.json"), "{ \"type\": \"module\" }\n");
            commit("first");
            var document = workspace.document("R.md", SHOP).toString();

            var run = workspace.taskweaver("run", document, "--code", "code", "--agent", "mine", "--apply");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).containsOnlyOnce("Contracts are given as text");
            assertOnlyModules(planOf("taskweaver-out"));
            assertThat(query("taskweaver-out", "FR-3").replace("JavaScript", "JS"))
                    .contains("### Contract of Catalogue\n", "### showProducts(request) -> result")
                    .contains("### Contract of Cart\n", "It is the operation `addProductOfCatalogue`")
                    .doesNotContain("Java", ".java", "New class", "the class `", "mocks");
            assertThat(dir.resolve("taskweaver-out/contracts/Catalogue/contract.md"))
                    .content()
                    .contains("sortProducts");

            var without = workspace.taskweaver(
                    "run",
                    document,
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--contracts",
                    "none",
                    "--apply",
                    "--out",
                    "none");

            assertThat(without.exitCode()).as(without.output()).isZero();
            assertThat(without.output()).contains("0 contracts, ").doesNotContain("Contracts are given");
            assertOnlyModules(planOf("none"));
            assertThat(query("none", "FR-3").replace("JavaScript", "JS"))
                    .doesNotContainIgnoringCase("contract")
                    .doesNotContain("Java", ".java")
                    .contains("- FR-1: Show products", "- FR-2: Sort products");
            assertThat(dir.resolve("none/contracts")).doesNotExist();
        }
    }

    /** The branch of a plan: a commit for each task, and nothing but what the tasks made. */
    private void assertOnlyModules(String plan) throws IOException, InterruptedException {
        var branch = "taskweaver/" + plan;
        assertThat(git("log", "--format=%(trailers:key=Contract,valueonly,separator=)", branch))
                .isBlank();
        assertThat(git("rev-list", "--count", "HEAD.." + branch)).isEqualTo("3");
        assertThat(git("diff", "--name-only", "HEAD", branch).lines())
                .containsExactly("src/f1.js", "src/f2.js", "src/f3.js");
    }

    /** That Git finds nothing wrong with the user's repository, and with that of a plan. */
    private void assertSound(String plan) throws IOException, InterruptedException {
        var data = dir.resolve(".taskweaver/code").resolve(plan);
        assertThat(git("fsck", "--full", "--strict", "--no-dangling")).isEmpty();
        assertThat(git("--git-dir=" + data, "fsck", "--full", "--strict", "--no-dangling"))
                .isEmpty();
    }

    private String planOf(String output) throws IOException {
        return Workspace.JSON
                .readTree(dir.resolve(output).resolve("plan.json").toFile())
                .path("plan")
                .asText();
    }

    private String query(String output, String task) throws IOException {
        return Files.readString(dir.resolve(output).resolve("queries").resolve(task + ".md"));
    }

    @Test
    @Tag("long")
    void agents_that_change_the_same_line_all_get_their_way_in_the_end() throws Exception {
        try (var workspace = workspace(SAME_LINE)) {
            git("init", "--quiet");
            Files.writeString(code().resolve("list.txt"), "items: none\n");
            commit("first");
            var features = IntStream.rangeClosed(1, 8)
                    .mapToObj(i -> "- [ ] T" + i + " Add the feature number " + i + "\n")
                    .toList();
            var document = workspace.document("tasks.md", "# Tasks\n\n" + String.join("", features));

            var run = workspace.taskweaver(
                    "run", document.toString(), "--code", "code", "--agent", "mine", "--max-concurrent", "8");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("conflict");
            assertThat(Files.readString(dir.resolve("taskweaver-out/merged/list.txt"))
                            .strip()
                            .split(", |: "))
                    .containsExactlyInAnyOrder("items", "none", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8");
        }
    }

    /** Dependencies and a setting of the user are needed by everybody, and belong to nobody's result. */
    private static final String NEEDS_BOTH = """
            cat >/dev/null
            . ./.env
            [ "$API_TOKEN" = "$(cat "$EXPECTED")" ] && [ -e node_modules/left/index.js ] || { echo "not prepared" >&2; exit 1; }
            name=f$(echo "$1" | tr -cd 0-9)
            echo "require('left'); // $name" >src/$name.js
            echo "left" >>node_modules/left/index.js
            mkdir -p vendored/more; echo x >vendored/more/$name; cp .env example.env
            echo "the token is $API_TOKEN"
            """;

    @Test
    @Tag("long")
    void work_trees_are_set_up_once_and_get_what_git_ignores_and_the_branch_has_nothing_of_either() throws Exception {
        var secret = "tok-7f3a9c-of-the-user";
        var runs = Files.createFile(dir.resolve("runs.log"));
        var expected = Files.writeString(dir.resolve("expected"), secret);
        try (var workspace = workspace(NEEDS_BOTH)) {
            workspace.with("EXPECTED", expected.toString());
            git("init", "--quiet");
            Files.createDirectories(code().resolve("src"));
            Files.writeString(code().resolve("package-lock.json"), "{ \"left\": 1 }\n");
            Files.writeString(code().resolve("src/main.js"), "main\n");
            Files.writeString(code().resolve(".gitignore"), ".env\n");
            commit("first");
            var env = Files.writeString(code().resolve(".env"), "API_TOKEN=" + secret + "\n");
            var tasks = IntStream.rangeClosed(1, 6)
                    .mapToObj(i -> "- [ ] T" + i + " Add the feature number " + i + "\n")
                    .toList();
            var document = workspace.document("tasks.md", "# Tasks\n\n" + String.join("", tasks));

            var run = workspace.taskweaver(
                    "run",
                    document.toString(),
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--max-concurrent",
                    "4",
                    "--setup",
                    "echo run >>'" + runs
                            + "'; mkdir -p node_modules/left vendored; cp package-lock.json node_modules/left/index.js;"
                            + " echo made >vendored/made; sed -i s/1/2/ package-lock.json",
                    "--bring",
                    ".env",
                    "--verify",
                    ". ./.env; echo \"verified with $API_TOKEN\"; [ -n \"$API_TOKEN\" ] && [ -e vendored/made ]"
                            + " && grep -q left node_modules/left/index.js",
                    "--apply");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output())
                    .contains(
                            "6 done", "0 retries", "gets 1 file besides the code", ".env", "is set up with: echo run");
            assertThat(Files.readAllLines(runs)).as("runs of the set-up").hasSize(1);
            var plan = Workspace.JSON
                    .readTree(dir.resolve("taskweaver-out/plan.json").toFile())
                    .path("plan")
                    .asText();
            var line = dir.resolve(".taskweaver/code").resolve(plan).toString();
            assertThat(git("ls-tree", "-r", "--name-only", "taskweaver/" + plan)
                            .lines()
                            .filter(path -> !path.matches("contracts/.*|src/(?:main|test)/java/.*")))
                    .containsExactlyInAnyOrder(
                            ".gitignore",
                            "package-lock.json",
                            "src/main.js",
                            "src/f1.js",
                            "src/f2.js",
                            "src/f3.js",
                            "src/f4.js",
                            "src/f5.js",
                            "src/f6.js");
            assertThat(git("show", "taskweaver/" + plan + ":package-lock.json")).isEqualTo("{ \"left\": 1 }");
            assertThat(git("--git-dir=" + line, "log", "--format=%H", "--name-only", "refs/heads/line"))
                    .doesNotContain(".env", "node_modules", "vendored");
            assertThat(Files.readString(dir.resolve("taskweaver-out/report.md")))
                    .contains(
                            "Set-up of work trees", "`.env`", "the token is ***", "example.env (the content of a file");
            assertThat(env).hasContent("API_TOKEN=" + secret);
            workspace.assertNowhere(secret, env, expected);
        }
    }

    @Test
    @Tag("long")
    void a_set_up_that_fails_stops_the_run_before_an_agent_is_paid_and_says_why() throws Exception {
        try (var workspace = workspace("cat >/dev/null; touch \"$STARTED\"; echo x >made.txt")) {
            workspace.with("STARTED", dir.resolve("started").toString());
            git("init", "--quiet");
            Files.writeString(code().resolve("package-lock.json"), "{}\n");
            commit("first");
            var document = workspace.document("tasks.md", "# Tasks\n\n- [ ] T1 Add one\n- [ ] T2 Add two\n");

            var run = workspace.taskweaver(
                    "run",
                    document.toString(),
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--setup",
                    "[ -e '" + dir.resolve("network") + "' ] || { echo no such package: left; exit 9; }");
            assertThat(run.exitCode()).as(run.output()).isNotZero();
            assertThat(run.output()).contains("failed (exit 9)", "no such package: left", "resume");
            assertThat(dir.resolve("started")).doesNotExist();

            Files.createFile(dir.resolve("network"));
            var again = workspace.taskweaver(
                    "run",
                    document.toString(),
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--setup",
                    "[ -e '" + dir.resolve("network") + "' ] || { echo no such package: left; exit 9; }");
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(again.output()).contains("2 done");
        }
    }

    private void byHand(String task) throws IOException, InterruptedException {
        var script = Files.writeString(dir.resolve("byhand.sh"), KINDS);
        var process = new ProcessBuilder("bash", script.toString(), task)
                .directory(code().toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
